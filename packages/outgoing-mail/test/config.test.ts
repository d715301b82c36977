import { parseConfig } from '@stockade/service-kit/config';
import t from 'tap';
import { Type } from 'typebox';
import { createProviders, mailConfigFields, parseMailFrom } from '../src/index.ts';

const configOf = (env: Record<string, string>) => parseConfig(Type.Object(mailConfigFields), env);
const secrets = {
  SENDGRID_API_KEY: 'SG.key',
  RESEND_API_KEY: 're_key',
  SMTP_URL: 'smtps://me:hunter2@mail.vendor.test',
};

t.test('without settings there is no provider', async (t) => {
  const config = configOf({});
  t.same(createProviders(config), []);
  t.match(config, {
    SENDGRID_URL: 'https://api.sendgrid.com',
    RESEND_URL: 'https://api.resend.com',
    MAIL_TIMEOUT_MS: 10_000,
  });
  t.same(parseMailFrom(config.MAIL_FROM), { name: 'Stockade', email: 'no-reply@stockade.local' });
});

t.test('providers come in the order named', async (t) => {
  const config = configOf({ ...secrets, MAIL_PROVIDERS: 'smtp, sendgrid,resend' });
  t.same(
    createProviders(config).map(({ name }) => name),
    ['smtp', 'sendgrid', 'resend'],
  );
});

t.test('a provider without its setting is told', async (t) => {
  for (const [name, key] of [
    ['sendgrid', 'SENDGRID_API_KEY'],
    ['resend', 'RESEND_API_KEY'],
    ['smtp', 'SMTP_URL'],
  ] as const) {
    const config = configOf({ ...secrets, [key]: '', MAIL_PROVIDERS: name });
    t.throws(() => createProviders(config), {
      message: `MAIL_PROVIDERS names ${name}, but ${key} is missing`,
    });
  }
});

t.test('bad settings are refused', async (t) => {
  t.throws(() => configOf({ MAIL_PROVIDERS: 'sendgrid,pigeon' }), /MAIL_PROVIDERS/);
  t.throws(() => configOf({ SMTP_URL: 'ftp://me:hunter2@host' }), /SMTP_URL/);
  t.throws(() => createProviders(configOf({ ...secrets, MAIL_PROVIDERS: 'smtp,smtp' })), /twice/);
  const open = configOf({ ...secrets, MAIL_PROVIDERS: 'resend', RESEND_URL: 'http://api.test' });
  t.throws(() => createProviders(open), /https/);
});

t.test('MAIL_FROM has a name and an address', async (t) => {
  t.same(parseMailFrom('"Orders, Inc." <o@a.test>'), { name: 'Orders, Inc.', email: 'o@a.test' });
  t.same(parseMailFrom('o@a.test'), { name: 'o@a.test', email: 'o@a.test' });
  for (const text of ['Orders', 'Orders <o>', 'A <o@a.test> <p@a.test>', 'A\r\nBcc: x <o@a.test>'])
    t.throws(() => parseMailFrom(text), /MAIL_FROM/, text);
});
