import { orderChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);

const orderOf = (purchaseOrderId: string, status: string) => ({
  ...{ purchaseOrderId, number: 'PO-2026-000001', supplierId: newId(), siteId: unknownId, status },
  ...{ total: '10', currency: 'EUR', onHold: false },
});

const tell = (id: string, status: string, aggregateVersion: number, delivery: object = {}) =>
  service.consume(orderChanged, orderOf(id, status), { aggregateId: id, aggregateVersion, ...delivery });

const copyOf = async (id: string) =>
  service.query('select tenant_id, version, open from incoming_orders where id = $1', [id]);

t.test('an order is on its way from its approval to its last receipt', async (t) => {
  for (const [status, open] of [
    ['draft', false],
    ['pending_approval', false],
    ['approved', true],
    ['sent', true],
    ['partially_received', true],
    ['received', false],
    ['closed', false],
    ['cancelled', false],
  ] as const) {
    const id = newId();
    await tell(id, status, 1);
    t.strictSame(await copyOf(id), [{ tenant_id: service.tenantId, version: 1, open }], status);
  }
});

t.test('only what is newer counts, however often and in whatever order it comes', async (t) => {
  const id = newId();
  const { id: eventId } = await tell(id, 'sent', 3);
  await tell(id, 'cancelled', 2);
  await tell(id, 'received', 3);
  t.equal((await tell(id, 'sent', 3, { id: eventId })).outcome, 'duplicate');
  t.hasStrict(await copyOf(id), [{ version: 3, open: true }]);
  await Promise.all([6, 4, 5].map((version) => tell(id, version === 6 ? 'received' : 'sent', version)));
  t.hasStrict(await copyOf(id), [{ version: 6, open: false }]);
});

t.test('each tenant has its own copy', async (t) => {
  const id = newId();
  await tell(id, 'sent', 2);
  await tell(id, 'closed', 9, { tenantId: unknownId });
  const copies = await copyOf(id);
  t.strictSame(
    new Map(copies.map(({ tenant_id, open }) => [tenant_id, open])),
    new Map([
      [service.tenantId, true],
      [unknownId, false],
    ]),
  );
});
