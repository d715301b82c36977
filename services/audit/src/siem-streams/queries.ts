import type { SiemStream } from '@stockade/contracts/audit';
import { newId } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;
export type StreamRow = Selectable<AuditDb['siem_streams']>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function toStream(row: StreamRow): SiemStream {
  const overlaps = row.previous_secret_until && row.previous_secret_until.getTime() > Date.now();
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    actions: row.actions,
    status: row.paused_by ? 'paused' : row.failures > 0 ? 'failing' : 'active',
    pausedBy: row.paused_by,
    delivered: Number(row.delivered),
    failures: row.failures,
    lastError: row.last_error,
    failingSince: iso(row.failing_since),
    lastSuccessAt: iso(row.last_success_at),
    nextAttemptAt: row.paused_by || row.failures === 0 ? null : iso(row.next_attempt_at),
    previousSecretUntil: overlaps ? iso(row.previous_secret_until) : null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function insertStream(db: Db, row: Insertable<AuditDb['siem_streams']>): Promise<StreamRow> {
  return db.insertInto('siem_streams').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findStream(db: Db, id: string): Promise<StreamRow | undefined> {
  return db.selectFrom('siem_streams').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockStream(db: Db, id: string): Promise<StreamRow | undefined> {
  return db.selectFrom('siem_streams').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listStreams(db: Db, query: ListQuery): Promise<SiemStream[]> {
  return (await applyPage(db.selectFrom('siem_streams').selectAll(), query).execute()).map(toStream);
}

/** Of two who add at once one waits, so that what is counted is exact. */
export async function lockAndCount(db: Db, tenantId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`siem streams ${tenantId}`}, 0))`.execute(db);
  const row = await db
    .selectFrom('siem_streams')
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** A change that people make. */
export async function updateStream(
  db: Db,
  id: string,
  changes: Updateable<AuditDb['siem_streams']>,
): Promise<StreamRow> {
  return db
    .updateTable('siem_streams')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteStream(db: Db, id: string): Promise<void> {
  await db.deleteFrom('siem_streams').where('id', '=', id).execute();
}

export async function logSize(db: Db): Promise<number> {
  const tree = await db.selectFrom('trees').select(sql<number>`size::float8`.as('size')).executeTakeFirst();
  return tree?.size ?? 0;
}

export interface Lease {
  tenantId: string;
  streamId: string;
  id: string;
}

/** Far longer than a call may take. */
const leaseSeconds = 60;

/** Takes one stream that is due and has news; it is this caller's alone. For the system role. */
export async function claimStream(systemDb: Db): Promise<Lease | undefined> {
  const lease = newId();
  const { rows } = await sql<{ tenant_id: string; id: string }>`
    update siem_streams s set lease = ${lease}, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from (
      select d.tenant_id, d.id from siem_streams d join trees t on t.tenant_id = d.tenant_id
      where d.paused_by is null and d.next_attempt_at <= now() and d.delivered < t.size
      order by d.next_attempt_at limit 1 for update of d skip locked) due
    where s.tenant_id = due.tenant_id and s.id = due.id
    returning s.tenant_id, s.id`.execute(systemDb);
  const [row] = rows;
  return row && { tenantId: row.tenant_id, streamId: row.id, id: lease };
}

/** The stream, locked, if the lease is still the caller's and nobody paused it. */
export async function lockLeased(trx: Transaction<AuditDb>, lease: Lease): Promise<StreamRow | undefined> {
  return trx
    .selectFrom('siem_streams')
    .selectAll()
    .where('id', '=', lease.streamId)
    .where('lease', '=', lease.id)
    .where('paused_by', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** What became of a delivery: no change that people see as one of theirs. */
export async function noteDelivery(
  db: Db,
  id: string,
  changes: Updateable<AuditDb['siem_streams']>,
): Promise<void> {
  await db.updateTable('siem_streams').set(changes).where('id', '=', id).execute();
}

export interface StoredEntry {
  sequence: number;
  action: string;
  occurredAt: Date;
  /** The canonical JSON. */
  entry: string;
}

/** Entries beyond a sequence, in order; of those that retention removed nothing is left to send. */
export async function entriesAfter(
  db: Db,
  { after, end, limit }: { after: number; end: number | null; limit: number },
): Promise<StoredEntry[]> {
  let query = db
    .selectFrom('entries')
    .select([sql<number>`sequence::float8`.as('sequence'), 'action', 'occurred_at as occurredAt', 'entry'])
    .where('sequence', '>', String(after))
    .orderBy(sql.ref('entries.sequence'))
    .limit(limit);
  if (end !== null) query = query.where('sequence', '<=', String(end));
  return query.execute();
}
