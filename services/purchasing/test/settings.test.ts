import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { draft, prepare, start, step } from './service.ts';

const path = '/v1/purchasing/settings';
const defaults = {
  ...{ approvalThreshold: '10000', receiptTolerance: '0', priceTolerance: '0', quantityTolerance: '0' },
  ...{ version: 1, updatedAt: null },
};

t.test('settings', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');

  t.test('are the defaults until they are set, and what is left out stays', async (t) => {
    const before = await manager.get(path);
    t.match(before, { status: 200, body: defaults, headers: { etag: '"1"' } });
    const first = await manager.put(path, { approvalThreshold: '500.50', quantityTolerance: '0.05' });
    t.match(first, { status: 200, headers: { etag: '"2"' } });
    t.match(first.body, {
      ...defaults,
      ...{ approvalThreshold: '500.5', quantityTolerance: '0.05', version: 2, updatedAt: /Z$/ },
    });
    await manager.put(path, { priceTolerance: '1' });
    t.match((await service.as('viewer').get(path)).body, {
      ...{ approvalThreshold: '500.5', quantityTolerance: '0.05', priceTolerance: '1', version: 3 },
    });
    const [entry] = await service.outbox('audit.entry-recorded.v1');
    t.match(entry?.payload, {
      action: 'purchasing.settings.update',
      target: { type: 'settings', id: service.tenantId },
      changes: { approvalThreshold: { before: '10000', after: '500.5' } },
    });
    t.notOk(entry?.payload.changes.priceTolerance, 'what stayed is no change');
  });

  t.test('of two changes of the same version one is refused, the first ones too', async (t) => {
    const tenantId = newId();
    const [one, two] = [service.as('manager', { tenantId }), service.as('manager', { tenantId })];
    const change = (caller: typeof one, version: number) =>
      caller.put(path, { receiptTolerance: '0.1' }, { 'if-match': `"${version}"` });
    for (const version of [1, 2]) {
      const answers = await Promise.all([change(one, version), change(two, version)]);
      t.strictSame(answers.map(({ status }) => status).sort(), [200, 412], `version ${version}`);
    }
    t.equal((await one.get(path)).body.version, 3);
  });

  t.test('are set by those who approve, and count for the tenant alone', async (t) => {
    t.equal((await service.as('operator').put(path, { priceTolerance: '0' })).status, 403);
    t.match((await service.as('owner', { tenantId: newId() }).get(path)).body, defaults);
    for (const [body, pointer] of [
      [{ priceTolerance: '1.000001' }, '/priceTolerance'],
      [{ quantityTolerance: '-0.1' }, '/quantityTolerance'],
      [{ receiptTolerance: 0.1 }, '/receiptTolerance'],
      [{ approvalThreshold: '1e3' }, '/approvalThreshold'],
      [{}, ''],
    ] as const) {
      const answer = await manager.put(path, body);
      t.equal(answer.status, 400, JSON.stringify(body));
      t.equal(answer.body.error.details.errors[0].path, pointer);
    }
  });

  t.test('the threshold and the receipt tolerance do what they say', async (t) => {
    const prepared = await prepare(service);
    await manager.put(path, { approvalThreshold: '100', receiptTolerance: '0.1' });
    const order = await draft(prepared, '10', '10.01');
    await step(prepared.buyer, order.id, 'submit');
    t.equal((await step(prepared.approver, order.id, 'approve')).body.status, 'pending_approval');
    t.equal((await step(prepared.third, order.id, 'approve')).body.status, 'approved');
    const receive = (quantity: string) =>
      prepared.buyer.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, {
        lines: [{ lineId: order.lines[0]?.id, quantity }],
      });
    t.equal((await receive('12')).status, 409);
    t.equal((await receive('11')).status, 201);
  });

  await isolationTest(t, service, ['settings']);
});
