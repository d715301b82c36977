import { once } from 'node:events';
import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { migrateQueues } from '@stockade/messaging';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createTestDatabase, eventually, startServiceProcess } from '@stockade/testing';
import t from 'tap';
import { migrations } from '../src/migrations/index.ts';

const tenantId = newId();
const siteId = newId();
const itemId = newId();
const receipts = 40;

const database = await createTestDatabase(
  t,
  [{ service: 'inventory', migrations: withPlatform(migrations) }],
  migrateQueues,
);

const startProcess = () => startServiceProcess(t, { service: 'inventory', database });

/** Puts receipts of goods into the outbox, from where the process's own relay brings them to its queue. */
async function receive(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const event = {
      id: newId(),
      type: goodsReceived.type,
      tenantId,
      aggregateId: newId(),
      aggregateVersion: 1,
      occurredAt: new Date().toISOString(),
      requestId: null,
      traceparent: null,
      payload: {
        receiptId: newId(),
        purchaseOrderId: newId(),
        orderNumber: `PO-${i}`,
        siteId,
        receivedAt: new Date().toISOString(),
        reference: null,
        lines: [{ lineId: newId(), itemId, quantity: '1', lotId: null }],
        actor: { type: 'user', id: 'u-1', name: 'Rita Receiver' },
      },
    };
    await database.query(
      `insert into outbox (tenant_id, id, type, aggregate_id, aggregate_version, payload)
       values ($1, $2, $3, $4, 1, $5)`,
      [tenantId, event.id, event.type, event.aggregateId, JSON.stringify(event)],
    );
  }
}

const posted = async () => {
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from movements');
  return row?.n ?? 0;
};

t.test('a process that is killed again and again posts every receipt once', async (t) => {
  await database.query("insert into sites (tenant_id, id, code, name) values ($1, $2, 'S', 'Site')", [
    tenantId,
    siteId,
  ]);
  await database.query(
    "insert into items (tenant_id, id, sku, name, unit) values ($1, $2, 'I', 'Item', 'each')",
    [tenantId, itemId],
  );
  await receive(receipts);
  for (const share of [0.1, 0.5]) {
    const child = await startProcess();
    await eventually('a part is posted', async () => (await posted()) >= receipts * share);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const last = await startProcess();
  await eventually('all are posted', async () => (await posted()) >= receipts, 60_000);
  last.kill('SIGTERM');
  const [code] = await once(last, 'exit');
  t.equal(code, 0, 'and ends in order when it is told to');
  t.equal(await posted(), receipts, 'none twice');
  const [balance] = await database.query<{ on_hand: string }>(
    'select trim_scale(on_hand)::text as on_hand from balances',
  );
  t.equal(balance?.on_hand, String(receipts));
  const [told] = await database.query<{ posted: number; audited: number }>(
    `select count(*) filter (where type = 'inventory.receipt-posted.v1')::int as posted,
       count(*) filter (where type = 'audit.entry-recorded.v1')::int as audited from outbox`,
  );
  t.strictSame(told, { posted: receipts, audited: receipts }, 'each with its event and its audit entry');
});
