import { goodsReceived } from '@stockade/contracts';
import { createDatabase, newId, tenantTable } from '@stockade/database';
import { createTestDatabase, redisMissing, startRedis, type TestRedis } from '@stockade/testing';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import {
  type Caller,
  type Consumer,
  consumer,
  createQueueBackend,
  type DeadLetterFilter,
  type MessagingTables,
  migrateQueues,
  on,
  type QueueBackend,
  resolveDeadLetters,
  runWork,
  startConsumers,
  startRelay,
} from '../src/index.ts';
import { messagingMigrations } from '../src/migrations.ts';

export interface Tables extends MessagingTables {
  effects: { tenant_id: string; event_id: string; note: string };
}

export const kinds = ['postgres', 'redis'] as const;
export type Kind = (typeof kinds)[number];

/** Options for a test that needs the backend: tells why it is skipped where there is no redis-server. */
export const needs = (kind: Kind) =>
  kind === 'redis' && redisMissing() ? { skip: redisMissing() || '' } : {};

const effects = {
  name: '0001-effects',
  // No unique constraint: a second effect has to show.
  sql: `create table effects (tenant_id uuid not null, event_id uuid not null, note text not null);
${tenantTable('effects', ['select', 'insert'])}`,
};

type Test = Parameters<typeof createTestDatabase>[0];

export async function openDatabase(t: Test) {
  const database = await createTestDatabase(
    t,
    [{ service: 'inventory', migrations: [...messagingMigrations, effects] }],
    migrateQueues,
  );
  const app = createDatabase<Tables>({ url: database.appUrl('inventory'), applicationName: 'test-app' });
  const system = createDatabase<Tables>({
    url: database.systemUrl('inventory'),
    applicationName: 'test-system',
  });
  t.teardown(() => Promise.all([app.close(), system.close()]));
  return { database, db: app.db, systemDb: system.db, directUrl: database.systemUrl('inventory') };
}

export type TestDatabases = Awaited<ReturnType<typeof openDatabase>>;
export const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });

/** A receipt of goods: what the tests' events tell of. `note` is stored as its effect. */
export const receipt = (note: string) => ({
  receiptId: newId(),
  purchaseOrderId: newId(),
  orderNumber: note,
  siteId: newId(),
  receivedAt: new Date().toISOString(),
  reference: null,
  lines: [{ lineId: newId(), itemId: newId(), quantity: '1', lotId: null }],
  actor: { type: 'user', id: newId(), name: 'Tester' },
});

export const callerOf = (tenantId: string): Caller => ({
  actor: { type: 'user', id: newId(), name: 'Tester' },
  personId: null,
  tenantId,
  role: 'owner',
  scopes: [],
  requestId: 'request-1',
  traceparent: null,
  ip: null,
});

/** Commits one event a note. */
export async function emit(db: Kysely<Tables>, tenantId: string, notes: readonly string[]): Promise<void> {
  await runWork(db, callerOf(tenantId), async (work) => {
    for (const note of notes) {
      work.emit(goodsReceived, { aggregateId: newId(), aggregateVersion: 1, payload: receipt(note) });
    }
  });
}

/** Stores an effect for each event; throws as long as `broken` says so. */
export const recordEffects = (broken: (note: string) => boolean = () => false): Consumer<Tables> =>
  consumer<Tables>('inventory', [
    on<Tables, typeof goodsReceived.payload>(goodsReceived, async (work, event) => {
      const note = event.payload.orderNumber;
      await work.trx
        .insertInto('effects')
        .values({ tenant_id: work.tenantId, event_id: event.id, note })
        .execute();
      if (broken(note)) throw new Error(`Cannot handle ${note}`);
    }),
  ]);

export interface Running {
  backend: QueueBackend;
  redis: TestRedis | null;
  stop(): Promise<void>;
}

/** Relay and consumers as a process runs them, on the given backend. */
export async function run(
  t: Test,
  kind: Kind,
  databases: TestDatabases,
  options: { consumers?: Consumer<Tables>[]; redis?: TestRedis; relay?: boolean } = {},
): Promise<Running> {
  const { db, systemDb, directUrl } = databases;
  const redis = kind === 'redis' ? (options.redis ?? (await startRedis(t))) : null;
  const backend = await createQueueBackend({
    directUrl,
    redisUrl: redis?.url,
    applicationName: 'test',
    log,
    backoffMs: 20,
  });
  const relay =
    options.relay === false
      ? null
      : await startRelay({ systemDb, directUrl, schema: 'inventory', backend, log });
  const consumers = await startConsumers({ db, backend, log, consumers: options.consumers ?? [] });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await consumers.stop();
      await relay?.stop();
      await backend.close();
    })();
    return stopped;
  };
  t.teardown(stop);
  return { backend, redis, stop };
}

export async function notes(databases: TestDatabases): Promise<string[]> {
  const rows = await databases.database.query<{ note: string }>('select note from effects order by note');
  return rows.map((row) => row.note);
}

/** Replays or discards dead letters as the platform's operator. */
export const resolveLetters = (
  { db, systemDb }: TestDatabases,
  backend: QueueBackend,
  filter: DeadLetterFilter,
  to: 'replayed' | 'discarded',
) =>
  resolveDeadLetters({ db, systemDb, backend }, filter, {
    ...{ to, action: 'inventory.dead-letter.resolve', note: 'because' },
    caller: { ...callerOf(newId()), actor: { type: 'operator', id: 'operator', name: 'Operator' } },
  });
