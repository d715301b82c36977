import { chromiumMissing, chromiumPath } from '@stockade/testing/browser';
import { startStack } from '@stockade/testing/stack';
import { TOTP } from 'otpauth';
import { chromium } from 'playwright-core';
import t from 'tap';

type Headers = Record<string, string>;

const codeOf = (secret: string) => new TOTP({ secret }).generate();

t.test('signing in at the edge', async (t) => {
  // Few failed sign-ins block an address here: so it shows which answers count as failed ones.
  const stack = await startStack(t, { IP_BLOCK_AFTER: '4', RATE_LIMIT_WRITE_MAX: '1000' });
  // The origin that passkeys are for unless it is set.
  const url = stack.url.replace('127.0.0.1', 'localhost');
  const { email, password } = stack.credentials;

  const call = async (method: string, path: string, body?: object, headers: Headers = {}) => {
    const json: Headers = body ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  };
  type Answer = Awaited<ReturnType<typeof call>>;
  /** A caller with the session that an answer opened. */
  const sessionOf = ({ headers, body }: Answer) => {
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const own = { cookie, origin: url, 'x-csrf-token': body.csrfToken as string };
    return (method: string, path: string, body?: object, others: Headers = {}) =>
      call(method, path, body, { ...own, ...others });
  };
  const login = (headers: Headers = {}) => call('POST', '/v1/auth/login', { email, password }, headers);

  await t.test('one session ends another at once, with its CSRF token alone', async (t) => {
    const mine = sessionOf(await login());
    const lost = sessionOf(await login({ 'user-agent': 'Lost/1.0' }));
    const { body } = await mine('GET', '/v1/auth/sessions');
    const found = body.data.find(({ userAgent }: { userAgent: string }) => userAgent === 'Lost/1.0');
    t.match(found, { current: false, address: /^(127\.0\.0\.1|::1)$/ });
    const path = `/v1/auth/sessions/${found.id}`;
    t.equal((await mine('DELETE', path, undefined, { 'x-csrf-token': 'x' })).status, 403);
    t.equal((await lost('GET', '/v1/auth/session')).status, 200);
    t.equal((await mine('DELETE', path)).status, 204);
    t.equal((await lost('GET', '/v1/auth/session')).status, 401);
    t.equal((await mine('GET', '/v1/auth/session')).status, 200);
  });

  await t.test('a second factor that is awaited is no failed sign-in', async (t) => {
    const mine = sessionOf(await login());
    const { secret } = (await mine('POST', '/v1/auth/mfa/totp', { currentPassword: password })).body;
    const confirmed = await mine('POST', '/v1/auth/mfa/totp/confirm', { code: codeOf(secret) });
    const [first, second] = confirmed.body.recoveryCodes;
    let awaited = await login();
    for (let n = 0; n < 3; n++) awaited = await login();
    t.match(awaited, { status: 403, body: { error: { code: 'MFA_REQUIRED' } } });
    t.equal(awaited.headers.get('set-cookie'), null);
    const { mfaToken } = awaited.body.error.details;
    const done = await call('POST', '/v1/auth/login/mfa', { mfaToken, recoveryCode: first });
    t.equal(done.status, 200);
    const by = sessionOf(done);
    t.equal((await by('GET', '/v1/auth/session')).body.user.email, email);
    const removed = await by('DELETE', '/v1/auth/mfa/totp', {
      currentPassword: password,
      recoveryCode: second,
    });
    t.equal(removed.status, 204);
    t.equal((await login()).status, 200);
  });

  const missing = chromiumMissing();
  await t.test('a passkey in a browser', missing ? { skip: missing } : {}, async (t) => {
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    t.teardown(() => browser.close());
    const page = await browser.newPage();
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${url}/health`);
    /** What the page's own navigator.credentials makes of the options, in JSON. */
    const ask = (kind: 'create' | 'get', options: object): Promise<object> =>
      page.evaluate(`(async () => {
        const read = PublicKeyCredential.parse${kind === 'create' ? 'Creation' : 'Request'}OptionsFromJSON;
        const publicKey = read(${JSON.stringify(options)});
        return (await navigator.credentials.${kind}({ publicKey })).toJSON();
      })()`);

    const mine = sessionOf(await login());
    const begun = await mine('POST', '/v1/auth/passkeys/registration/options', { currentPassword: password });
    t.equal(begun.status, 200);
    const credential = await ask('create', begun.body);
    const made = await mine('POST', '/v1/auth/passkeys/registration', { name: 'Browser', credential });
    t.match(made, { status: 201, body: { name: 'Browser' } });

    const options = await call('POST', '/v1/auth/passkeys/authentication/options');
    t.equal(options.status, 200);
    const assertion = await ask('get', options.body);
    const path = '/v1/auth/passkeys/authentication';
    const done = await call('POST', path, { credential: assertion });
    t.equal(done.status, 200);
    const by = sessionOf(done);
    t.equal((await by('GET', '/v1/auth/session')).body.user.email, email);
    t.equal((await by('PATCH', `/v1/auth/passkeys/${made.body.id}`, { name: 'Mine' })).body.name, 'Mine');
    t.equal((await call('POST', path, { credential: assertion })).status, 401, 'once');

    t.equal((await by('DELETE', `/v1/auth/passkeys/${made.body.id}`)).status, 204);
  });

  await t.test('wrong codes are', async (t) => {
    const wrong = { mfaToken: 'x'.repeat(43), code: '000000' };
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push((await call('POST', '/v1/auth/login/mfa', wrong)).status);
    t.strictSame(answers.slice(0, 1), [401]);
    t.equal(answers.at(-1), 429, 'the address is blocked');
  });
});
