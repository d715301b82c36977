import t from 'tap';
import { goodPassword, makeTenant, start, whoIs } from './service.ts';

const service = await start(t);
const operator = service.as('owner', { type: 'operator' });

const audited = async (action: string) =>
  (await service.outbox('audit.entry-recorded.v1')).filter(({ payload }) => payload.action === action);

t.test('a tenant is made with a plan; without one its factor is 1', async (t) => {
  const make = (ownerEmail: string, plan: object) =>
    operator.post('/v1/admin/tenants', {
      ...{ name: 'Big', ownerEmail, ownerName: 'Bea Big', ownerPassword: goodPassword },
      ...plan,
    });
  t.match(await make('bea@big.example', { planFactor: 2.5 }), { status: 201, body: { planFactor: 2.5 } });
  t.match(await make('bob@big.example', {}), { status: 201, body: { planFactor: 1 } });
  for (const planFactor of [0, 0.09, 100.1, -1, '2', null])
    t.equal((await make('ben@big.example', { planFactor })).status, 400, String(planFactor));
  t.match((await audited('identity.tenant.create'))[0]?.payload.changes, {
    plan_factor: { before: null, after: 2.5 },
  });
});

t.test('the operator changes it, and gateways are told to ask anew', async (t) => {
  const { tenantId, owner } = await makeTenant(service, 'olive@acme.example');
  const made = await owner.post('/v1/identity/api-keys', { name: 'Till', scopes: ['inventory:read'] });
  const factor = async () => (await whoIs(service, 'api_key', made.body.key)).body.planFactor;
  t.equal(await factor(), 1);
  const path = `/v1/admin/tenants/${tenantId}`;
  const changed = await operator.patch(path, { planFactor: 4 });
  t.match(changed, { status: 200, body: { id: tenantId, planFactor: 4, version: 2 } });
  t.strictSame(JSON.parse(String(changed.headers['x-stockade-revoked'])), { tenantId });
  t.equal(await factor(), 4);
  t.match((await owner.get('/v1/identity/tenant')).body, { planFactor: 4 });
  const [entry] = await audited('identity.tenant.update');
  t.match(entry?.payload, {
    actor: { type: 'operator' },
    target: { type: 'tenant', id: tenantId },
    changes: { plan_factor: { before: 1, after: 4 } },
  });
  for (const body of [{}, { planFactor: 0 }, { planFactor: 101 }, { planFactor: 2, name: 'Mine' }])
    t.equal((await operator.patch(path, body)).status, 400, JSON.stringify(body));
  t.equal((await operator.patch(path, { planFactor: 5 }, { 'if-match': '"1"' })).status, 412);
  const nobody = '/v1/admin/tenants/00000000-0000-7000-8000-000000000000';
  t.equal((await operator.patch(nobody, { planFactor: 2 })).status, 404);
  t.equal((await owner.patch(path, { planFactor: 9 })).status, 403);
  t.equal((await owner.patch('/v1/identity/tenant', { planFactor: 9 })).status, 400);
  t.equal(await factor(), 4);
});
