import t from 'tap';
import {
  createMailSender,
  createResendProvider,
  createSendGridProvider,
  createSmtpProvider,
} from '../src/index.ts';
import { json, serveHttp } from './http-server.ts';
import { reply, serveMail } from './mail-server.ts';
import { collectLog, mailOf } from './setup.ts';

const sendgridKey = 'SG.very-secret/one+';
const resendKey = 're_very_secret_two';
const password = 'very$ecret three';

t.test('a server that repeats what it was given gives nothing away', async (t) => {
  const encoded = Buffer.from(password).toString('base64');
  const sendgrid = await serveHttp(t, (response, { headers }) =>
    json(401, { errors: [{ message: `Bad ${headers.authorization}`, field: null }] })(response),
  );
  const resend = await serveHttp(t, (response, { headers }) =>
    json(403, { name: 'invalid_api_key', message: `Got\r\n${headers.authorization}` })(response),
  );
  const smtp = await serveMail(t, {
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) =>
      done(reply(535, `${password} ${encoded} smtp://me:${encodeURIComponent(password ?? '')}@host`)),
  });
  const log = collectLog();
  const sender = createMailSender({
    providers: [
      createSendGridProvider({ apiKey: sendgridKey, url: sendgrid.url }),
      createResendProvider({ apiKey: resendKey, url: resend.url }),
      createSmtpProvider({ url: `smtp://me:${encodeURIComponent(password)}@127.0.0.1:${smtp.port}` }),
    ],
    breaker: { failures: 1 },
    log,
  });
  t.teardown(() => sender.close());
  const outcome = await sender.send(mailOf());
  t.same(
    outcome.attempts.map(({ outcome }) => outcome),
    ['misconfigured', 'misconfigured', 'misconfigured'],
  );
  t.match(outcome.attempts[1]?.detail, 'Got Bearer ***');
  t.equal(log.lines.length, 6, 'each failure and each breaker that opened');
  const told = JSON.stringify([outcome, log.lines]);
  for (const secret of [sendgridKey, resendKey, password, encoded, encodeURIComponent(password)])
    t.notOk(told.includes(secret), 'is not told');
});
