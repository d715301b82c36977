import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@stockade/testing/stack';
import pg from 'pg';
import { watchLogs } from './audit-watch.ts';
import { stockGoods } from './goods.ts';
import { createClient, load, percentile } from './load.ts';
import { ms, printTable, whole } from './table.ts';

interface Options {
  stack: Stack;
  databaseUrl: string;
  seconds: number;
}

const items = 500;
const waitMs = 60_000;

/** Where the entries of movements stand, once all of them are there. */
async function sequencesOf(admin: pg.Client, tenantId: string, ids: readonly string[]) {
  for (const until = performance.now() + waitMs; ; await delay(200)) {
    const { rows } = await admin.query<{ target_id: string; sequence: number }>(
      `select target_id, sequence::float8 as sequence from audit.entries
       where tenant_id = $1 and action = 'inventory.movement.create' and target_id = any($2)`,
      [tenantId, ids],
    );
    if (rows.length >= ids.length) return new Map(rows.map((row) => [row.target_id, row.sequence]));
    if (performance.now() > until) throw new Error(`${ids.length - rows.length} entries did not come`);
  }
}

/** The whole way: movements through the gateway, from each answer (the change is committed) to its entry and checkpoint. */
export async function benchWay({ stack, databaseUrl, seconds }: Options): Promise<void> {
  const { tenantId, apiKey } = stack.credentials;
  const admin = new pg.Client(databaseUrl);
  await admin.connect();
  const { siteId, itemIds } = await stockGoods(admin, tenantId, items);
  const client = createClient(stack.url, { authorization: `Bearer ${apiKey}` }, 16);
  const watch = await watchLogs(databaseUrl, [tenantId]);
  const answered = new Map<string, number>();
  const sample = await load({ workers: 16, seconds }, async (worker, round) => {
    const itemId = itemIds[(worker * 7_919 + round) % items];
    const movement = { type: 'ISSUE', itemId, siteId, quantity: '1' };
    const { status, body } = await client.send('POST', '/v1/inventory/movements', movement);
    if (status === 201) answered.set(JSON.parse(body).id, performance.now());
    return status === 201;
  });
  const sequences = await sequencesOf(admin, tenantId, [...answered.keys()]);
  await watch.end();
  client.close();
  await admin.end();
  const times = (until: (sequence: number) => number) =>
    [...answered]
      .map(([id, at]) => Math.max(0, until(sequences.get(id) as number) - at))
      .sort((a, b) => a - b);
  const row = (what: string, sorted: number[]) => ({
    what,
    cells: {
      'per second': whole(sample.rate),
      p50: ms(percentile(sorted, 0.5)),
      p99: ms(percentile(sorted, 0.99)),
    },
  });
  printTable(
    'The whole way: movements through the gateway, from the answer (it is committed)',
    ['per second', 'p50', 'p99'],
    [
      row(
        'to its entry in the log',
        times((sequence) => watch.committedAt(tenantId, sequence)),
      ),
      row(
        'to a checkpoint that covers it',
        times((sequence) => watch.signedAt(tenantId, sequence)),
      ),
    ],
  );
}
