import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

const { url, credentials } = await startStack(t);
const { tenantId } = credentials;

/** Calls as the holder of a key; gives status and body. */
const as = (key: string) => async (method: string, path: string, body?: object) => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
};
const tenant = as(credentials.apiKey);
const operator = as(credentials.operatorKey);
const flag = '/v1/admin/feature-flags/inventory.pick-order';

t.test('what the operator says of a flag is what a service does, within seconds', async (t) => {
  const make = async (path: string, body: object) =>
    (await tenant('POST', `/v1/inventory/${path}`, body)).body.id;
  const siteId = await make('sites', { code: 'MAIN', name: 'Main' });
  const itemId = await make('items', { sku: 'BRKT-80', name: 'Bracket', unit: 'each' });
  const places = [
    await make('locations', { siteId, code: 'OLD' }),
    await make('locations', { siteId, code: 'NEW' }),
  ];
  for (const [at, quantity] of ['3', '20'].entries())
    await make('movements', { type: 'RECEIVE', itemId, siteId, locationId: places[at], quantity });
  const first = async () => {
    const picks = await tenant('GET', `/v1/inventory/picks?itemId=${itemId}&siteId=${siteId}&quantity=10`);
    return places.indexOf(picks.body.data[0].locationId);
  };
  t.equal(await first(), 0, 'the oldest, unless somebody says else');

  t.equal((await operator('PATCH', flag, { variant: 'fewest-places' })).status, 200);
  await eventually('the rollout holds', async () => (await first()) === 1);
  t.match((await tenant('GET', '/v1/identity/feature-flags/inventory.pick-order')).body, {
    ...{ value: 'fewest-places', reason: 'STATIC', decidedBy: 'rollout' },
  });
  t.equal((await operator('PUT', `${flag}/tenants/${tenantId}`, { variant: 'oldest' })).status, 200);
  await eventually('the decision for the tenant holds', async () => (await first()) === 0);
  t.equal((await operator('DELETE', `${flag}/tenants/${tenantId}`)).status, 204);
  await eventually('it is gone', async () => (await first()) === 1);

  for (const path of ['/v1/admin/feature-flags', '/v1/admin/audit/entries'])
    t.equal((await tenant('GET', path)).status, 403, path);
  const logged = (log: typeof tenant, path: string, action: string) =>
    eventually(action, async () => {
      const { body } = await log('GET', `${path}?action=${action}`);
      return body.data.length === 1 && body.data[0];
    });
  t.match(await logged(tenant, '/v1/audit/entries', 'identity.feature-flag.override'), {
    ...{ actor: { type: 'operator' }, target: { id: 'inventory.pick-order' } },
  });
  t.match(await logged(operator, '/v1/admin/audit/entries', 'identity.feature-flag.roll-out'), {
    changes: { by_operator: { before: null, after: { variant: 'fewest-places' } } },
  });
});

t.test('a test tenant’s key opens its own tenant alone, and none when its kind is altered', async (t) => {
  const [email, password] = ['ivy@sandbox.example', 'Correct-Horse-7-Staple'];
  const made = await operator('POST', '/v1/admin/tenants', {
    ...{ name: 'Sandbox', ownerEmail: email, ownerName: 'Ivy', ownerPassword: password, mode: 'test' },
  });
  t.match(made, { status: 201, body: { mode: 'test' } });
  const signedIn = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/v1/identity/api-keys`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', origin: url, 'x-csrf-token': csrfToken },
      cookie: String(signedIn.headers.get('set-cookie')).split(';')[0] as string,
    },
    body: JSON.stringify({ name: 'Till', scopes: ['identity:read'] }),
  });
  const { key } = (await answer.json()) as { key: string };
  t.match(key, /^stk_test_/);
  t.match(await as(key)('GET', '/v1/identity/tenant'), {
    status: 200,
    body: { id: made.body.id, mode: 'test' },
  });
  t.equal((await as(key.replace('stk_test_', 'stk_live_'))('GET', '/v1/identity/tenant')).status, 401);
  t.match((await tenant('GET', '/v1/identity/tenant')).body, { mode: 'live' });
});
