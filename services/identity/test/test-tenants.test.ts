import t from 'tap';
import { keyKind } from '../src/auth/keys.ts';
import { goodPassword, makeTenant, signIn, start, whoIs } from './service.ts';

const service = await start(t);
const operator = service.as('owner', { type: 'operator' });

async function makeSandbox(email: string, mode?: string) {
  const body = {
    name: 'Sandbox',
    ownerEmail: email,
    ownerName: 'Ivy Integrator',
    ownerPassword: goodPassword,
  };
  return operator.post('/v1/admin/tenants', { ...body, ...(mode ? { mode } : {}) });
}

async function keyOf(tenantId: string) {
  const [user] = await service.query<{ id: string }>('select id from users where tenant_id = $1', [tenantId]);
  const owner = service.as('owner', { tenantId, personId: user?.id ?? '' });
  const made = await owner.post('/v1/identity/api-keys', { name: 'Till', scopes: ['inventory:read'] });
  return { owner, made };
}

t.test('a tenant is live unless it is made a test tenant, and stays what it is', async (t) => {
  const sandbox = await makeSandbox('ivy@sandbox.example', 'test');
  t.match(sandbox, { status: 201, body: { mode: 'test' } });
  t.match(await makeSandbox('max@live.example'), { status: 201, body: { mode: 'live' } });
  t.match(await makeSandbox('may@live.example', 'live'), { status: 201, body: { mode: 'live' } });
  t.equal((await makeSandbox('no@live.example', 'staging')).status, 400);
  const { owner } = await keyOf(sandbox.body.id);
  t.match((await owner.get('/v1/identity/tenant')).body, { mode: 'test' });
  t.equal((await owner.patch('/v1/identity/tenant', { mode: 'live' })).status, 400);
  const told = (await service.outbox('identity.tenant-changed.v1')).map(({ payload }) => payload.mode);
  t.strictSame(told, ['test', 'live', 'live']);
  const [created] = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ payload }) => payload.action === 'identity.tenant.create',
  );
  t.match(created?.payload.changes, { mode: { before: null, after: 'test' } });
});

t.test('its keys begin with stk_test_, by rotation too, and say so to the gateway', async (t) => {
  const { body: sandbox } = await makeSandbox('ida@sandbox.example', 'test');
  const { owner, made } = await keyOf(sandbox.id);
  t.match(made, { status: 201, body: { key: /^stk_test_[\w-]{43}_[\w-]{6}$/, prefix: /^stk_test_.{5}$/ } });
  const rotated = await owner.post(`/v1/identity/api-keys/${made.body.id}/rotate`);
  t.match(rotated, { status: 201, body: { key: /^stk_test_/ } });
  for (const { key } of [made.body, rotated.body])
    t.match((await whoIs(service, 'api_key', key)).body, {
      principal: { tenantId: sandbox.id, mode: 'test' },
    });
  const { token } = await signIn(service, 'ida@sandbox.example');
  t.match((await whoIs(service, 'session', token)).body, { principal: { mode: 'test' } });
  const { tenantId, owner: other } = await makeTenant(service, 'lea@live.example');
  const live = await other.post('/v1/identity/api-keys', { name: 'Till', scopes: ['inventory:read'] });
  t.match(live.body.key, /^stk_live_/);
  t.match((await whoIs(service, 'api_key', live.body.key)).body, { principal: { tenantId, mode: 'live' } });
});

t.test('a key whose kind was altered is nobody’s: its checksum covers the kind', async (t) => {
  const { body: sandbox } = await makeSandbox('ina@sandbox.example', 'test');
  const { made } = await keyOf(sandbox.id);
  const { owner } = await makeTenant(service, 'leo@live.example');
  const live = (await owner.post('/v1/identity/api-keys', { name: 'Till', scopes: ['inventory:read'] })).body
    .key;
  for (const [key, from, to] of [
    [made.body.key, 'test', 'live'],
    [made.body.key, 'test', 'ops'],
    [live, 'live', 'test'],
  ] as const) {
    t.equal(keyKind(key), from);
    const altered = key.replace(`stk_${from}_`, `stk_${to}_`);
    t.equal(keyKind(altered), null);
    t.equal((await whoIs(service, 'api_key', altered)).status, 401);
  }
});
