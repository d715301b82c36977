import { flagsEvaluated, platformTenantId } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { catalogue, noTenant } from '@stockade/feature-flags';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { makeTenant, start } from './service.ts';

const service = await start(t);
const { tenantId, owner, ownerId } = await makeTenant(service, 'olive@acme.example');
const base = '/v1/identity/feature-flags';
const admin = '/v1/admin/feature-flags';
const operator = service.as('owner', { type: 'operator' });
const ours = 'purchasing.automatic-draft-orders';
const theirs = 'mail.read-qr-codes';
const viewer = service.as('viewer', { tenantId });

const auditOf = async (action: string) =>
  (await service.outbox('audit.entry-recorded.v1')).filter(({ payload }) => payload.action === action);
const changesOf = async (key: string) =>
  (await service.outbox('identity.feature-flag-changed.v1')).filter(({ aggregateId }) => aggregateId === key);
const rowOf = (key: string) =>
  service.query(
    'select version, by_operator, by_tenant from feature_flags where tenant_id = $1 and key = $2',
    [...[tenantId, key]],
  );

t.test('whoever signed in sees every flag with the value that holds for him', async (t) => {
  const { status, body } = await viewer.get(base);
  t.equal(status, 200);
  t.strictSame(
    body.data.map(({ key }: { key: string }) => key),
    Object.keys(catalogue).sort(),
  );
  t.match(
    body.data.find(({ key }: { key: string }) => key === theirs),
    {
      type: 'boolean',
      value: true,
      variant: 'on',
      reason: 'DEFAULT',
      decidedBy: 'default',
      version: 1,
      updatedAt: null,
    },
  );
  t.notOk('targeting' in body.data[0], 'whom the tenant named is not everybody’s to know');
  t.equal((await owner.get(`${base}/${ours}`)).body.targeting, null);
  const first = await viewer.get(`${base}?limit=2`);
  const second = await viewer.get(`${base}?limit=2&cursor=${first.body.nextCursor}`);
  t.strictSame([...first.body.data, ...second.body.data], body.data);
  t.equal(second.body.nextCursor, null);
  t.equal((await viewer.get(`${base}?cursor=bm9uc2Vuc2U`)).status, 400);
  t.equal((await viewer.get(`${base}/no-such.flag`)).status, 404);
  t.equal((await viewer.get(`${base}/constructor`)).status, 400);
});

t.test('an owner sets, changes and removes the tenant’s rule; each is told and audited once', async (t) => {
  const made = await owner.post(base, { key: ours, users: [{ userId: ownerId, variant: 'on' }] });
  t.match(made, {
    status: 201,
    body: { value: true, reason: 'TARGETING_MATCH', decidedBy: 'tenant', version: 2 },
  });
  t.match((await viewer.get(`${base}/${ours}`)).body, { value: false, decidedBy: 'default' });
  t.match(await owner.post(base, { key: ours, variant: 'on' }), { status: 409 });
  const changed = await owner.patch(`${base}/${ours}`, { variant: 'on' }, { 'if-match': '"2"' });
  t.match(changed, {
    status: 200,
    headers: { etag: '"3"' },
    body: { targeting: { variant: 'on', users: [{}] } },
  });
  t.match((await viewer.get(`${base}/${ours}`)).body, { value: true, decidedBy: 'tenant' });
  t.equal((await owner.delete(`${base}/${ours}`, { 'if-match': '"2"' })).status, 412);
  t.equal((await owner.delete(`${base}/${ours}`)).status, 204);
  t.equal((await owner.delete(`${base}/${ours}`)).status, 204, 'once more is no mistake');
  t.match((await owner.get(`${base}/${ours}`)).body, { targeting: null, version: 4 });
  t.match(await changesOf(ours), [
    { aggregateVersion: 2, payload: { scope: 'tenant', byTenant: { users: [{ userId: ownerId }] } } },
    { aggregateVersion: 3, payload: { byTenant: { variant: 'on' } } },
    { aggregateVersion: 4, payload: { byTenant: null, byOperator: null } },
  ]);
  for (const action of ['create', 'update', 'delete']) {
    const entries = await auditOf(`identity.feature-flag.${action}`);
    t.match(entries, [
      { payload: { target: { type: 'feature-flag', id: ours }, changes: { by_tenant: {} } } },
    ]);
    t.equal(entries.length, 1, action);
  }
});

t.test('what is wrong is refused, and nothing is changed', async (t) => {
  const before = JSON.stringify([await rowOf(ours), (await service.outbox()).length]);
  const refused = async (body: object, status: number, path?: string) => {
    const answer = await owner.patch(`${base}/${ours}`, body);
    t.equal(answer.status, status, JSON.stringify(body));
    if (path) t.equal(answer.body.error.details.errors[0].path, path);
  };
  await refused({}, 400);
  await refused({ variant: 'maybe' }, 400, '/variant');
  await refused({ pinned: 'on' }, 400);
  await refused({ users: [{ userId: newId(), variant: 'on' }] }, 400, '/users/0/userId');
  await refused({ split: { by: 'user', shares: [{ variant: 'on', percent: 101 }] } }, 400);
  const shares = [
    { variant: 'on', percent: 60 },
    { variant: 'off', percent: 60 },
  ];
  await refused({ split: { by: 'user', shares } }, 400, '/split/shares');
  await refused({ split: { by: 'tenant', shares: [{ variant: 'on', percent: 50 }] } }, 400, '/split/by');
  t.equal((await owner.post(base, { key: ours })).status, 400);
  t.match(await owner.post(base, { key: theirs, variant: 'off' }), { status: 403 });
  t.match(await owner.patch(`${base}/${theirs}`, { variant: 'off' }), { status: 403 });
  for (const role of ['manager', 'operator', 'auditor', 'viewer'] as const)
    t.equal(
      (await service.as(role, { tenantId }).patch(`${base}/${ours}`, { variant: 'on' })).status,
      403,
      role,
    );
  t.equal((await owner.get(admin)).status, 403, 'a tenant’s owner is no operator');
  t.equal((await owner.patch(`${admin}/${ours}`, { pinned: 'on' })).status, 403);
  t.equal(JSON.stringify([await rowOf(ours), (await service.outbox()).length]), before);
});

t.test('of many who change the same version at once one does', async (t) => {
  const { version } = (await owner.get(`${base}/${ours}`)).body;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, no) =>
      owner.patch(`${base}/${ours}`, { variant: no % 2 ? 'on' : 'off' }, { 'if-match': `"${version}"` }),
    ),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: 7 }, () => 412)]);
  const other = await makeTenant(service, 'paul@other.example');
  const first = await Promise.all(
    Array.from({ length: 4 }, () => other.owner.post(base, { key: ours, variant: 'on' })),
  );
  t.strictSame(
    first.map(({ status }) => status).sort(),
    [201, 409, 409, 409],
    'the first rule of a tenant, too',
  );
  const key = { 'idempotency-key': newId() };
  const again = [1, 2].map(() => other.owner.patch(`${base}/${ours}`, { variant: 'off' }, key));
  t.strictSame([(await again[0])?.status, (await again[1])?.status].sort().at(0), 200);
  t.equal((await other.owner.get(`${base}/${ours}`)).body.version, 3, 'a repeated call changes nothing');
});

t.test('the operator rolls out to shares and to tenants, pins, and decides for a tenant', async (t) => {
  await owner.delete(`${base}/${ours}`);
  const half = { by: 'tenant', shares: [{ variant: 'on', percent: 50 }] };
  const rolled = await operator.patch(`${admin}/${ours}`, { split: half });
  t.match(rolled, { status: 200, body: { split: half, pinned: null, version: 2, updatedAt: String } });
  const tenants = await Promise.all(
    Array.from({ length: 8 }, (_, no) => makeTenant(service, `share-${no}@half.example`)),
  );
  const values = async () =>
    Promise.all(tenants.map(async ({ owner }) => (await owner.get(`${base}/${ours}`)).body.value));
  const at50 = await values();
  t.match((await tenants[at50.indexOf(true)]?.owner.get(`${base}/${ours}`))?.body, {
    ...{ reason: 'SPLIT', decidedBy: 'rollout' },
  });
  await operator.patch(`${admin}/${ours}`, { split: { ...half, shares: [{ variant: 'on', percent: 90 }] } });
  const at90 = await values();
  t.ok(
    at50.every((value, at) => !value || at90[at]),
    'who had it has it',
  );
  t.match(await operator.patch(`${admin}/${ours}`, { pinned: 'off' }, { 'if-match': '"2"' }), {
    status: 412,
  });
  await owner.post(base, { key: ours, variant: 'on' });
  const override = await operator.put(`${admin}/${ours}/tenants/${tenantId}`, { variant: 'off' });
  t.match(override, { status: 200, body: { tenantId, targeting: { variant: 'off' } } });
  t.match((await owner.get(`${base}/${ours}`)).body, {
    value: false,
    decidedBy: 'operator',
    targeting: { variant: 'on' },
  });
  t.match((await operator.get(`${admin}/${ours}/tenants`)).body, { data: [{ tenantId }], nextCursor: null });
  const fixed = await operator.put(`${admin}/${theirs}/tenants/${tenantId}`, {
    users: [{ userId: ownerId, variant: 'off' }],
  });
  t.equal(fixed.status, 200, 'also where the tenant may not decide');
  t.equal((await owner.get(`${base}/${theirs}`)).body.value, false);
  t.equal((await viewer.get(`${base}/${theirs}`)).body.value, true);
  await operator.patch(`${admin}/${ours}`, { pinned: 'on' });
  t.match((await owner.get(`${base}/${ours}`)).body, {
    value: true,
    reason: 'STATIC',
    decidedBy: 'platform',
  });
  await operator.patch(`${admin}/${ours}`, { pinned: null });
  t.equal((await operator.delete(`${admin}/${ours}/tenants/${tenantId}`)).status, 204);
  t.match((await owner.get(`${base}/${ours}`)).body, { value: true, decidedBy: 'tenant' });
  t.equal((await operator.put(`${admin}/${ours}/tenants/${newId()}`, { variant: 'on' })).status, 404);
  t.equal((await operator.put(`${admin}/${ours}/tenants/${tenantId}`, {})).status, 400);
  t.equal((await operator.put(`${admin}/${ours}/tenants/${tenantId}`, { variant: null })).status, 400);
  t.equal((await operator.patch(`${admin}/${ours}`, { pinned: 'nonsense' })).status, 400);
  t.equal((await operator.patch(`${admin}/no-such.flag`, { pinned: 'on' })).status, 404);
  t.match(await auditOf('identity.feature-flag.override'), [
    { payload: { actor: { type: 'operator' }, changes: { by_operator: { after: { variant: 'off' } } } } },
    { payload: { target: { id: theirs } } },
  ]);
  t.equal((await auditOf('identity.feature-flag.end-override')).length, 1);
  t.equal((await auditOf('identity.feature-flag.roll-out')).length, 4);
  const [platform] = await service.query<{ tenant_id: string }>(
    "select tenant_id from outbox where payload->'payload'->>'scope' = 'platform' limit 1",
  );
  t.equal(platform?.tenant_id, platformTenantId, 'of no tenant: the platform’s');
});

t.test('the use that services tell of adds up, once for each event', async (t) => {
  const before = (await operator.get(`${admin}/${theirs}`)).body;
  t.match(before, { evaluations: 0, lastEvaluatedAt: null });
  const count = (evaluations: number, day: number, id = newId()) => ({
    id,
    tell: () =>
      service.consume(
        flagsEvaluated,
        {
          service: 'email-scanning',
          flags: [{ flagKey: theirs, evaluations, lastEvaluatedAt: `2026-01-0${day}T00:00:00.000Z` }],
        },
        { id, tenantId: noTenant, aggregateId: 'email-scanning' },
      ),
  });
  const late = count(5, 3);
  await Promise.all([late.tell(), count(2, 1).tell(), count(3, 2).tell()]);
  await late.tell();
  t.match((await operator.get(`${admin}/${theirs}`)).body, {
    ...{ evaluations: 10, lastEvaluatedAt: '2026-01-03T00:00:00.000Z' },
  });
});

t.test('flags that nobody asks for or changes are listed as stale, by a setting', async (t) => {
  const list = async (query: string) =>
    (await operator.get(`${admin}${query}`)).body.data.map((one: { key: string }) => one.key);
  t.strictSame(await list('?stale=true'), [], 'the flags are young');
  t.strictSame(await list('?stale=false'), Object.keys(catalogue).sort());
  t.equal((await operator.get(`${admin}?limit=1`)).body.data.length, 1);
  t.match((await operator.get(`${admin}/${ours}`)).body, { tenants: Number, stale: [] });
});

t.test('somebody who is named leaves: the rest can still be changed', async (t) => {
  const made = await owner.post('/v1/identity/users', {
    email: 'rita@acme.example',
    name: 'Rita',
    role: 'viewer',
  });
  const flag = `${base}/inventory.pick-order`;
  const users = [{ userId: made.body.id, variant: 'fewest-places' }];
  t.equal((await owner.patch(flag, { users })).status, 200);
  t.equal((await owner.delete(`/v1/identity/users/${made.body.id}`)).status, 204);
  t.match(await owner.patch(flag, { variant: 'fewest-places' }), {
    status: 200,
    body: { targeting: { users } },
  });
  t.equal(
    (await owner.patch(flag, { users: [...users, { userId: newId(), variant: 'oldest' }] })).status,
    400,
  );
});

t.test('rules and their changes are kept apart by tenant', async (t) => {
  const other = await makeTenant(service, 'quinn@quiet.example');
  t.equal((await other.owner.get(`${base}/${theirs}`)).body.value, true);
  t.equal(
    (await other.owner.patch(`${base}/${ours}`, { users: [{ userId: ownerId, variant: 'on' }] })).status,
    400,
  );
  await isolationTest(t, { ...service, tenantId }, ['feature_flags']);
});
