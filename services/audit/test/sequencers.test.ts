import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { newId } from '@stockade/database';
import { migrateQueues } from '@stockade/messaging';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createTestDatabase, eventually, startServiceProcess } from '@stockade/testing';
import { appendLeaves, leafHash, type NodeId, rootHash } from '@stockade/transparency-log';
import t from 'tap';
import { migrations } from '../src/migrations/index.ts';
import { entry, settings } from './setup.ts';

const tenantIds = [newId(), newId()];
const perTenant = 2_000;

const database = await createTestDatabase(
  t,
  [{ service: 'audit', migrations: withPlatform(migrations) }],
  migrateQueues,
);

const startProcess = () =>
  startServiceProcess(t, {
    ...{ service: 'audit', database, readyMs: 60_000 },
    env: {
      AUDIT_ENCRYPTION_KEY: 'only for tests: a key of 32 characters or more',
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
    },
  });

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Into the outbox, from where the processes' own relays bring entries to their queue. */
async function tell(tenantId: string, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, () => entry(tenantId));
  await database.query(
    `insert into outbox (tenant_id, id, type, aggregate_id, aggregate_version, payload)
     select $1, e.id, 'audit.entry-recorded.v1', 'x', 0, e.event from unnest($2::uuid[], $3::jsonb[]) as e(id, event)`,
    [tenantId, events.map(({ id }) => id), events.map((event) => JSON.stringify(event))],
  );
  return events.map(({ id }) => id);
}

const trees = () =>
  database.query<{ tenant_id: string; size: number; signed: number }>(
    'select tenant_id, size::int, checkpoint_size::int as signed from trees order by tenant_id',
  );
const total = async () => (await trees()).reduce((sum, { size }) => sum + size, 0);

t.test('workers beside each other, killed again and again, make one log of each tenant', async (t) => {
  const ids = new Map<string, string[]>();
  for (const tenantId of tenantIds) ids.set(tenantId, await tell(tenantId, perTenant));
  const wanted = perTenant * tenantIds.length;
  let workers: ChildProcess[] = await Promise.all([startProcess(), startProcess()]);
  for (const share of [0.1, 0.3, 0.5]) {
    await eventually('a part is recorded', async () => (await total()) >= wanted * share, 60_000);
    const [first, ...others] = workers as [ChildProcess, ...ChildProcess[]];
    await kill(first);
    workers = [...others, await startProcess()];
  }
  await eventually('all are recorded', async () => (await total()) >= wanted, 60_000);
  // One is left, and it is the one that had company all the while.
  await Promise.all(workers.slice(1).map(kill));
  await eventually('all are signed within ten seconds', async () =>
    (await trees()).every(({ size, signed }) => signed === size),
  );
  for (const tenantId of tenantIds) {
    const rows = await database.query<{ sequence: number; id: string; leaf_hash: Buffer; entry: string }>(
      `select l.sequence::int, e.id, l.leaf_hash, e.entry from leaves l join entries e using (tenant_id, sequence)
       where l.tenant_id = $1 order by l.sequence`,
      [tenantId],
    );
    t.strictSame(
      rows.map(({ sequence }) => sequence),
      Array.from({ length: perTenant }, (_, at) => at + 1),
      'no gap',
    );
    t.strictSame(rows.map(({ id }) => id).sort(), ids.get(tenantId)?.toSorted(), 'none lost, none twice');
    t.ok(
      rows.every((row) => row.leaf_hash.equals(leafHash(Buffer.from(row.entry)))),
      'each leaf is its entry',
    );
    const nodes = new Map<string, Buffer>();
    const key = ({ level, index }: NodeId) => `${level}/${index}`;
    for (const node of appendLeaves(
      0,
      rows.map((row) => row.leaf_hash),
      () => Buffer.alloc(0),
    ))
      nodes.set(key(node), node.hash);
    const checkpoints = await database.query<{ size: number; root_hash: Buffer }>(
      'select size::int, root_hash from checkpoints where tenant_id = $1 order by size',
      [tenantId],
    );
    t.ok(checkpoints.length > 0);
    for (const { size, root_hash } of checkpoints)
      t.ok(
        rootHash(size, (node) => nodes.get(key(node)) as Buffer).equals(root_hash),
        `the root at ${size} is that of its leaves`,
      );
  }
});
