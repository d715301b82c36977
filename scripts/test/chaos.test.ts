import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@stockade/database/embedded';
import { startStack } from '@stockade/testing/stack';
import pg from 'pg';
import t from 'tap';
import type { Traffic } from '../chaos/client.ts';
import { prepare } from '../chaos/clients/index.ts';
import { Journal } from '../chaos/journal.ts';
import { startMailbox } from '../chaos/mailbox.ts';
import { schedule } from '../chaos/schedule.ts';
import { checks } from '../chaos/verify/index.ts';
import { untilQuiet } from '../chaos/verify/quiet.ts';
import { rowsBefore } from '../chaos/verify/rows.ts';
import { databaseUrl } from '../laws/database-url.ts';

t.test('the schedule of faults', async (t) => {
  const lanes = ['process', 'postgres', 'redis', 'clock'] as const;
  const of = (seed: number) => schedule({ seed, ms: 600_000, lanes });
  t.strictSame(of(1), of(1), 'is the same for the same seed');
  t.notSame(of(1), of(2), 'and another for another');
  const kinds = new Set(of(1).map(({ what, target }) => `${what} ${target}`));
  // 12 of processes, 7 of PostgreSQL with its disk, 7 of Redis, 4 of the clock.
  t.equal(kinds.size, 30, 'every kind comes in ten minutes');
  t.ok(
    of(1).every(({ atMs, forMs }) => atMs >= 0 && atMs + forMs <= 600_000),
    'each begins and ends in its time',
  );
});

const [mailbox, smtpPort] = await Promise.all([startMailbox(t), freePort()]);
const stack = await startStack(t, {
  ...{ MAIL_PROVIDERS: 'smtp', SMTP_URL: mailbox.url, SMTP_PORT: String(smtpPort), AUTH_CHECKS: 'off' },
});
const url = stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home }));

async function query<R extends pg.QueryResultRow>(sql: string, params: unknown[] = []): Promise<R[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<R>(sql, params)).rows;
  } finally {
    await client.end();
  }
}

/** What would be left if a fault had done harm, and how it is mended again; past constraints. */
const harm: Record<string, readonly [harm: string, mend: string]> = {
  'The laws hold': [
    'update inventory.ledger_entries set on_hand = on_hand + 1',
    'update inventory.ledger_entries set on_hand = on_hand - 1',
  ],
  'What was acknowledged is there, and nothing else': [
    "update purchasing.suppliers set id = '00000000-0000-7000-8000-000000000001' where code = 'NORD'",
    "update purchasing.suppliers set id = (select supplier_id from purchasing.purchase_orders order by id limit 1) where code = 'NORD'",
  ],
  'Everything is in the state that it was told to be in': [
    "update purchasing.receipts set stock_posting = 'pending'",
    "update purchasing.receipts set stock_posting = 'posted'",
  ],
  'Stock is what was acknowledged': [
    'update inventory.balances set on_hand = on_hand + 1',
    'update inventory.balances set on_hand = on_hand - 1',
  ],
  'Each mail was scanned once, and forged ones hold payments': [
    "update email_scanning.messages set subject = subject || ' again'",
    "update email_scanning.messages set subject = replace(subject, ' again', '')",
  ],
  'The audit has one entry for each change, and proves it': [
    "update inventory.outbox set type = 'gone' where type = 'audit.entry-recorded.v1'",
    "update inventory.outbox set type = 'audit.entry-recorded.v1' where type = 'gone'",
  ],
  'No job was given up': [
    "insert into inventory.dead_letters (tenant_id, queue, id, type, event, reason, failures) values (gen_random_uuid(), 'inventory', gen_random_uuid(), 'x', '{}', 'x', 5)",
    'delete from inventory.dead_letters',
  ],
};

t.test('what clients were told and what is there', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-chaos-test-'));
  const journal = new Journal(folder);
  t.teardown(async () => {
    await journal.close();
    await rm(folder, { recursive: true, force: true });
  });
  const world = { stack, mailbox, smtpPort, postgres: { url: () => url, query } };
  const before = await rowsBefore(world);
  let isOver = false;
  const traffic: Traffic = {
    ...{ url: stack.url, seed: 1, journal, doubtful: [] },
    over: () => isOver,
    gaveUp: () => false,
  };
  const quiet = () => untilQuiet(world, () => {}, 0);
  const work = await prepare(traffic, world, quiet);
  const working = work();
  await delay(8_000);
  isOver = true;
  await working;
  t.equal(await quiet(), null, 'all becomes quiet');
  for (const ask of traffic.doubtful) await ask();
  t.equal(await quiet(), null, 'and quiet again');
  t.strictSame(journal.findings, [], 'nothing was told wrong');
  t.ok(journal.accepted > 50, 'and much was told');
  for (const [title, check] of checks) {
    t.strictSame(await check(world, journal.records, before), [], title);
    const [done, mend] = harm[title] as [string, string];
    await query(`begin; set local session_replication_role = replica; ${done}; commit`);
    t.not((await check(world, journal.records, before)).length, 0, `harm is found: ${title}`);
    await query(`begin; set local session_replication_role = replica; ${mend}; commit`);
  }
});
