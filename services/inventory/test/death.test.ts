import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { freePort } from '@stockade/database/embedded';
import { migrateQueues } from '@stockade/messaging';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createTestDatabase, eventually, testKeys } from '@stockade/testing';
import t from 'tap';
import { migrations } from '../src/migrations/index.ts';

t.setTimeout(110_000);

const server = join(import.meta.dirname, '../src/server.ts');
const tenantId = newId();
const siteId = newId();
const itemId = newId();
const receipts = 40;

const database = await createTestDatabase(
  t,
  [{ service: 'inventory', migrations: withPlatform(migrations) }],
  migrateQueues,
);

async function startProcess(): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [server], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      PORT: String(port),
      DATABASE_URL: database.appUrl('inventory'),
      DATABASE_SYSTEM_URL: database.systemUrl('inventory'),
      PRINCIPAL_PUBLIC_KEY: testKeys.publicKey,
    },
  });
  t.teardown(() => void child.kill('SIGKILL'));
  await eventually('the process is ready', () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return child;
}

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
