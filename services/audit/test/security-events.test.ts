import { platformTenantId } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { entry, proofHolds, record, start } from './setup.ts';

t.test('security events in the log', async (t) => {
  const service = await start(t);
  const { tenantId } = service;
  const auditor = service.as('auditor');
  const operator = service.as('owner', { type: 'operator' });
  const signIn = entry(tenantId, { action: 'identity.session.create' });
  const refused = entry(tenantId, { action: 'gateway.access.refused' });
  const ordinary = entry(tenantId);
  const ofPlatform = entry(platformTenantId, { action: 'gateway.access.refused' });
  await record(service, [signIn, refused, ordinary]);
  await record(service, [ofPlatform, entry(platformTenantId, { action: 'gateway.credential.refused' })]);

  t.test('an entry has the severity of its action, and it is proven with it', async (t) => {
    t.match((await auditor.get(`/v1/audit/entries/${signIn.id}`)).body, { severity: 'info' });
    t.match((await auditor.get(`/v1/audit/entries/${refused.id}`)).body, { severity: 'warning' });
    t.notOk('severity' in (await auditor.get(`/v1/audit/entries/${ordinary.id}`)).body);
    t.ok(await proofHolds(service, refused.id));
    t.notOk(
      await proofHolds(service, refused.id, tenantId, (shown) => Object.assign(shown, { severity: 'info' })),
    );
    t.ok(await proofHolds(service, ordinary.id));
  });

  t.test('entries are found by it', async (t) => {
    const { data } = (await auditor.get('/v1/audit/entries?severity=warning')).body;
    t.strictSame(
      data.map(({ id }: { id: string }) => id),
      [refused.id],
    );
    t.equal((await auditor.get('/v1/audit/entries?severity=loud')).status, 400);
  });

  t.test("the platform's log is for operators alone, and holds nothing of tenants", async (t) => {
    const { data, nextCursor } = (await operator.get('/v1/admin/audit/entries?limit=1')).body;
    t.match(data, [{ tenantId: platformTenantId, sequence: 2 }]);
    const rest = await operator.get(`/v1/admin/audit/entries?cursor=${nextCursor}`);
    t.match(rest.body, { data: [{ id: ofPlatform.id, severity: 'warning', sequence: 1 }], nextCursor: null });
    t.equal((await operator.get(`/v1/admin/audit/entries/${ofPlatform.id}`)).status, 200);
    t.equal((await operator.get(`/v1/admin/audit/entries/${refused.id}`)).status, 404);
    t.equal((await operator.get(`/v1/admin/audit/entries/${newId()}`)).status, 404);
    t.equal((await auditor.get(`/v1/audit/entries/${ofPlatform.id}`)).status, 404);
    for (const role of ['owner', 'admin', 'auditor'] as const)
      t.equal((await service.as(role).get('/v1/admin/audit/entries')).status, 403, role);
    t.equal((await operator.get('/v1/audit/entries')).status, 403, 'an operator reads no log of a tenant');
  });
});
