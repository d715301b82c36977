import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startStack } from '@stockade/testing/stack';
import pg from 'pg';
import t from 'tap';
import { checkLaws, laws } from '../laws/check.ts';
import { databaseUrl } from '../laws/database-url.ts';
import { runWarehouse } from './warehouse.ts';

const stack = await startStack(t);
const url = stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home }));
await runWarehouse(stack.credentials);

/** How the command is run, with what it printed. */
async function command(url: string): Promise<{ code: number; printed: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../check-laws.ts')], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const [code] = await once(child, 'close');
  return { code, printed };
}

/** What breaks each check, past the constraints that stand before it. */
const breakages: Record<string, readonly string[]> = {
  'balances 1': ['update inventory.balances set on_hand = on_hand + 1 where on_hand > reserved'],
  'ledger entries (running balance) 1': ['update inventory.ledger_entries set on_hand = on_hand + 1'],
  'entries rebuilt from the movements 1': [
    "update inventory.movements set quantity = quantity + 1 where type = 'CONSUME'",
  ],
  'transfer lines 2': ['update inventory.transfer_lines set lost = lost + 1, received = received - 1'],
  'balances 3': ['update inventory.balances set reserved = reserved + 1 where on_hand > reserved'],
  'reservations 3': ['update inventory.reservations set consumed = consumed + 1'],
  'order lines 4': [
    'update purchasing.purchase_order_lines set received = receivable where received < receivable',
  ],
  'receipt lines in the ledger 4': [
    "update inventory.movements set source = null where source like 'receipt-line %' and ctid = (select min(ctid) from inventory.movements where source like 'receipt-line %')",
  ],
  'production lines 5': ['update inventory.production_lines set consumed = consumed + 1'],
  'production orders 5': ['update inventory.production_orders set produced = produced + 1'],
  'cycle counts 6': [
    'alter table inventory.cycle_counts drop constraint cycle_counts_other_approver',
    'update inventory.cycle_counts set decided_by_person = counter_id',
  ],
  'lines of counts 6': ['update inventory.cycle_count_lines set counted = counted + 1'],
  'invoices 7': [
    'drop index purchasing.invoices_number_key',
    "insert into purchasing.invoices select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid()))).* from purchasing.invoices i",
  ],
  'invoiced order lines 7': [
    'alter table purchasing.purchase_order_lines drop constraint purchase_order_lines_not_over_invoiced',
    'update purchasing.purchase_order_lines set invoiced = invoiced + 1',
  ],
  'approved invoices 7': [
    'alter table purchasing.invoices drop constraint invoices_two_persons',
    'update purchasing.invoices set approved_by_person = created_by_person',
  ],
  'movements that keys answered with 8': [
    "update inventory.idempotency_keys set body = jsonb_set(body, '{id}', to_jsonb(gen_random_uuid())) where body ? 'sequence'",
  ],
  'messages 9': [
    "update email_scanning.messages set status = 'queued', verdict = null, score = null, disposition = null, scanned_at = null, received_at = now() - interval '1 hour'",
  ],
  'first verdicts in the audit 9': [
    "delete from audit.entries where action = 'email-scanning.message.scan'",
    "update email_scanning.messages set scanned_at = now() - interval '1 hour'",
  ],
};
for (const schema of ['identity', 'inventory', 'purchasing', 'email_scanning', 'audit'])
  breakages[`idempotency keys of ${schema} 8`] = [
    `insert into ${schema}.idempotency_keys (tenant_id, principal_id, key, fingerprint, status, body)
     select gen_random_uuid(), 'p', k, 'f', 201, '{"id": "the same"}' from unnest(array['one', 'two']) k
     cross join (select gen_random_uuid()) u`,
    `update ${schema}.idempotency_keys set tenant_id = '00000000-0000-0000-0000-000000000000' where principal_id = 'p'`,
  ];

t.test('after all that a warehouse does, all laws hold, and each was checked on something', async (t) => {
  const { code, printed } = await command(url);
  t.equal(code, 0, printed);
  t.match(printed, /All laws hold/);
  for (const law of laws) t.match(printed, law.title);
  const client = await connect();
  for await (const { law, rows } of checkLaws(client)) t.ok(rows > 0, `law ${law.number}: ${rows} rows`);
  await client.end();
});

for (const law of laws)
  for (const check of law.checks)
    t.test(`law ${law.number} broken on purpose: ${check.of}`, async (t) => {
      const client = await connect();
      await client.query('begin');
      for (const sql of breakages[`${check.of} ${law.number}`] ?? []) {
        const { rowCount, command } = await client.query(sql);
        if (command === 'UPDATE' || command === 'INSERT') t.ok((rowCount ?? 0) > 0, 'something is broken');
      }
      for await (const { found } of checkLaws(client, [law])) {
        const noticed = found.find((one) => one.check === check);
        t.ok((noticed?.broken.length ?? 0) > 0, 'the checker notices');
      }
      await client.query('rollback');
      await client.end();
    });

t.test('the command fails when a law is broken, and names what breaks it', async (t) => {
  const client = await connect();
  await client.query('update inventory.production_lines set consumed = consumed + 1');
  const { code, printed } = await command(url);
  t.equal(code, 1);
  t.match(printed, /✗ +5 .*\n.*\n.*production lines: \{.*"line_id"/);
  await client.query('update inventory.production_lines set consumed = consumed - 1');
  await client.end();
});

t.test('without a database it says what to do', async (t) => {
  const { code, printed } = await command('postgres://127.0.0.1:1/none');
  t.equal(code, 2);
  t.match(printed, /ECONNREFUSED/);
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
