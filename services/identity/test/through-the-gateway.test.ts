import { serveMail } from '@stockade/outgoing-mail/test/mail-server';
import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';
import { goodPassword } from './service.ts';

const wrong = 'Wrong-Password-1';

t.test('accounts, by mail and through the gateway', async (t) => {
  const server = await serveMail(t);
  const stack = await startStack(t, {
    LOG_LEVEL: 'debug',
    TRUSTED_PROXIES: '127.0.0.1',
    RATE_LIMIT_AUTH_MAX: '3',
    SIGN_IN_SLOW_AFTER: '6',
    MAIL_PROVIDERS: 'smtp',
    SMTP_URL: server.url,
  });
  const { email, password, apiKey } = stack.credentials;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${stack.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const login = (secret: string, ip: string, headers: Record<string, string> = {}) =>
    post('/v1/auth/login', { email, password: secret }, { 'x-forwarded-for': ip, ...headers });
  const cookieOf = (answer: Response, name: string) =>
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.split(';')[0] ?? '';
  const linkFor = (address: string) =>
    eventually(`a mail to ${address}`, () => {
      const mail = server.mails.findLast(({ to }) => to?.[0]?.address === address);
      const [, page, token] = /(http\S+)#token=(\S+)/.exec(mail?.text ?? '') ?? [];
      return page && token ? { page, token } : null;
    });

  t.test('guessed at from many addresses, the owner still gets in with a known browser', async (t) => {
    const first = await login(password, '203.0.113.1');
    t.equal(first.status, 200);
    t.match(cookieOf(first, 'stockade_session'), /^stockade_session=./);
    const device = cookieOf(first, 'stockade_device');
    for (let at = 0; at < 6; at++) t.equal((await login(wrong, `198.51.100.${at}`)).status, 401);
    const refused = await login(password, '203.0.113.2');
    t.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('retry-after'));
    t.ok(seconds > 10 && seconds <= 30, `${seconds} s`);
    t.match(await refused.json(), { error: { code: 'RATE_LIMITED', message: /failed sign-ins/ } });
    const known = await login(password, '203.0.113.1', { cookie: `other=1; ${device}` });
    t.equal(known.status, 200);
    const forged = await login(password, '203.0.113.3', { 'x-stockade-device': device.split('=')[1] ?? '' });
    t.equal(forged.status, 429, 'the inner header is not taken from outside');
  });

  t.test('who failed to sign in may ask for a new password, so often as the limit says', async (t) => {
    const ip = { 'x-forwarded-for': '203.0.113.9' };
    for (let at = 0; at < 3; at++)
      await post('/v1/auth/login', { email: 'n@x.example', password: wrong }, ip);
    const ask = () => post('/v1/auth/password-resets', { email: 'n@x.example' }, ip);
    for (let at = 0; at < 3; at++) t.equal((await ask()).status, 202);
    t.equal((await ask()).status, 429);
  });

  t.test('who is invited comes in by the link, which no log holds', async (t) => {
    const invited = 'invited@acme.example';
    const body = { email: invited, name: 'I', role: 'viewer' };
    const made = await post('/v1/identity/users', body, { authorization: `Bearer ${apiKey}` });
    t.equal(made.status, 201);
    const { page, token } = await linkFor(invited);
    t.equal(page, `${stack.url.replace('127.0.0.1', 'localhost')}/account/accept-invitation`);
    t.match(await (await fetch(page)).text(), 'Accept the invitation', 'where the link leads to');
    const accepted = await post('/v1/auth/invitations/accept', { token, password: goodPassword });
    t.equal(accepted.status, 204);
    const signedIn = await post('/v1/auth/login', { email: invited, password: goodPassword });
    t.equal(signedIn.status, 200);
    await eventually('the calls are in the log', () =>
      stack.output().includes('/v1/auth/invitations/accept'),
    );
    t.notOk(stack.output().includes(token));
  });
});
