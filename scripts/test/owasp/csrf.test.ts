import { setTimeout as delay } from 'node:timers/promises';
import { allOperations } from '@stockade/contracts/operations';
import t from 'tap';
import { request, signIn, startPlatform } from './platform.ts';
import { tenantOperations } from './world.ts';

const { url, stack, owner } = await startPlatform(t);
const { email, password } = stack.credentials;
const { cookie, csrfToken } = await signIn(url, email, password);
const nobodysId = '0190a0a0-0000-7000-8000-000000000000';
const changes = tenantOperations.filter(({ method }) => method !== 'GET');
/** How many changes the audit tells of; refusals are in it as well. */
const entries = async () => {
  const { data } = (await owner.get('/v1/audit/entries?limit=1000')) as { data: { action: string }[] };
  return data.filter(({ action }) => !action.startsWith('gateway.')).length;
};
/** The same, once all that the platform's making brought is there. */
const settledEntries = async () => {
  for (let last = -1; ; await delay(3_000)) {
    const now = await entries();
    if (now === last) return now;
    last = now;
  }
};
const good = { cookie, origin: url, 'x-csrf-token': csrfToken };

/** What another site can make a browser send. */
const forgeries: Record<string, Record<string, string>> = {
  'nothing but the cookie': { cookie },
  'its own origin': { ...good, origin: 'https://evil.example' },
  'no origin, as in a sandboxed frame': { ...good, origin: 'null' },
  'our name within its own': { ...good, origin: `${url}.evil.example` },
  'no token': { cookie, origin: url },
  'an empty token': { ...good, 'x-csrf-token': '' },
  'a token of its own session': { ...good, 'x-csrf-token': 'A'.repeat(csrfToken.length) },
  'the token in the cookie': { cookie: `${cookie}; x-csrf-token=${csrfToken}`, origin: url },
};

t.test('every change with a session, and nothing that proves our own page', async (t) => {
  const before = await settledEntries();
  const wrong: string[] = [];
  for (const [what, headers] of Object.entries(forgeries))
    for (const { id, method, path } of changes) {
      const answer = await request(`${url}${path.replaceAll(/:\w+/g, nobodysId)}`, method, headers);
      if (answer.status !== 403 || answer.body?.error?.code !== 'CSRF_FAILED')
        wrong.push(`${id}, ${what}: ${answer.status}`);
    }
  t.strictSame(wrong, []);
  t.equal(await settledEntries(), before, 'nothing was changed');
});

t.test('what a form can send: no type of body gets around it', async (t) => {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
    const forged = await request(
      `${url}/v1/inventory/sites`,
      'POST',
      { cookie, 'content-type': type },
      '{"code":"FORM","name":"Form"}',
    );
    t.equal(forged.status, 403, `${type}, from elsewhere`);
    const own = await request(
      `${url}/v1/inventory/sites`,
      'POST',
      { ...good, 'content-type': type },
      '{"code":"FORM","name":"Form"}',
    );
    t.equal(own.status, 415, `${type}, from our own page`);
  }
});

t.test('the token is of its session alone', async (t) => {
  const other = await signIn(url, email, password);
  const mixed = { cookie, origin: url, 'x-csrf-token': other.csrfToken, 'content-type': 'application/json' };
  t.not(other.csrfToken, csrfToken);
  t.equal(
    (await request(`${url}/v1/inventory/sites`, 'POST', mixed, '{"code":"MIX","name":"Mix"}')).status,
    403,
  );
});

t.test('signing in from another site, and reading', async (t) => {
  const { reply } = await signIn(url, email, password, { origin: 'https://evil.example' });
  t.equal(reply.status, 403, 'nobody is signed in to an account that is not his');
  t.equal(reply.headers.get('set-cookie'), null);
  const read = await request(`${url}/v1/inventory/items`, 'GET', { cookie, origin: 'https://evil.example' });
  t.equal(read.headers.get('access-control-allow-origin'), null, 'a browser keeps the answer to itself');
});

t.test('no GET changes anything', async (t) => {
  for (const { id, method } of allOperations)
    if (/^(create|update|delete|set|release|revoke|approve|send)/.test(id)) t.not(method, 'GET', id);
  const before = await settledEntries();
  for (const { path, method } of tenantOperations)
    if (method === 'GET') await request(`${url}${path.replaceAll(/:\w+/g, nobodysId)}`, 'GET', { cookie });
  t.equal(await settledEntries(), before);
});
