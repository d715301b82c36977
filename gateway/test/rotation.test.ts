import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

/**
 * The whole system on mounted secrets that are read every second, under calls without a pause: with an API key, and with a
 * session that makes changes. Files are written as if they had been there for a while, except where the test is about that.
 */
const folder = await mkdtemp(join(tmpdir(), 'rotation-'));
t.teardown(() => rm(folder, { recursive: true }));

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    private: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    public: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64'),
  };
}

async function mount(name: string, current: string, ...previous: string[]) {
  const path = join(folder, name);
  await writeFile(`${path}.previous`, previous.join('\n'));
  await writeFile(path, current);
  const before = new Date(Date.now() - 60_000);
  await utimes(path, before, before);
}

const [old, next] = [keyPair(), keyPair()];
const [oldSession, newSession] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
await mount('PRINCIPAL_PUBLIC_KEY', old.public);
await mount('PRINCIPAL_PRIVATE_KEY', old.private);
await mount('SESSION_SECRET', oldSession);

const stack = await startStack(t, {
  SECRETS_PROVIDER: 'file',
  SECRETS_DIR: folder,
  SECRETS_CACHE_SECONDS: '1',
  LOG_FORMAT: 'json',
  LOG_LEVEL: 'warn',
});
const { url, credentials } = stack;
/** Longer than all caches: the secrets', the gateway's of credentials. */
const seen = () => delay(12_000);

async function signIn() {
  const { email, password } = credentials;
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) return null;
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', csrfToken };
}

// A machine that has just started seven processes may be too busy for a moment.
const session = await eventually('a session', signIn);
const failed: string[] = [];
let calls = 0;
let stopped = false;

async function call(what: string, path: string, init: RequestInit) {
  const answer = await fetch(`${url}${path}`, init);
  if (!answer.ok) failed.push(`${what}: ${answer.status} ${await answer.text()}`);
  else await answer.arrayBuffer();
  calls++;
}

const withKey = { authorization: `Bearer ${credentials.apiKey}` };
const change = (csrfToken: string) => ({
  method: 'POST',
  headers: {
    cookie: session.cookie,
    'x-csrf-token': csrfToken,
    origin: url,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ code: `S-${randomBytes(6).toString('hex')}`, name: 'Site' }),
});

const working = (async () => {
  while (!stopped) {
    await call('inventory', '/v1/inventory/items?limit=1', { headers: withKey });
    await call('audit', '/v1/audit/entries?limit=1', { headers: { cookie: session.cookie } });
    await call('a change with the first token', '/v1/inventory/sites', change(session.csrfToken));
    await delay(20);
  }
})();

t.test('the signing key: publish, switch, remove', async (t) => {
  await mount('PRINCIPAL_PUBLIC_KEY', next.public, old.public);
  await seen();
  await mount('PRINCIPAL_PRIVATE_KEY', next.private);
  await seen();
  t.strictSame(failed, []);
  const before = calls;
  await mount('PRINCIPAL_PUBLIC_KEY', next.public);
  await seen();
  t.ok(calls > before);
  t.strictSame(failed, [], 'the old one is of no use any more');
});

t.test('a signing key that was not published is not used', async (t) => {
  await mount('PRINCIPAL_PRIVATE_KEY', keyPair().private);
  await eventually('the alarm', async () => stack.output().includes('PRINCIPAL_KEY_UNUSABLE'));
  await delay(1_000);
  t.strictSame(failed, []);
  await mount('PRINCIPAL_PRIVATE_KEY', next.private);
});

t.test('the session key: tokens of both are good while both are there', async (t) => {
  await mount('SESSION_SECRET', newSession, oldSession);
  await seen();
  const answer = await fetch(`${url}/v1/auth/session`, { headers: { cookie: session.cookie } });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  t.not(csrfToken, session.csrfToken, 'the session goes on with a new token');
  await call('a change with the new token', '/v1/inventory/sites', change(csrfToken));
  t.strictSame(failed, []);
  stopped = true;
  await working;
  t.ok(calls > 100, `${calls} calls`);
  t.strictSame(failed, []);

  await mount('SESSION_SECRET', newSession);
  await seen();
  const refused = await fetch(`${url}/v1/inventory/sites`, change(session.csrfToken));
  t.equal(refused.status, 403, 'the overlap is over');
  await call('a change with the new token', '/v1/inventory/sites', change(csrfToken));
  t.strictSame(failed, []);
});

t.test('reading a secret is on record, without its value', async (t) => {
  const lines = stack.output();
  t.match(lines, /secret-access|Secrets were read/);
  for (const value of [oldSession, newSession, old.private, next.private]) t.notOk(lines.includes(value));
});
