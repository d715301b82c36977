import type { AuditExport } from '@stockade/contracts/audit';
import { addChunks, applyPage, type Lease, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely';
import type { EntryFilters } from '../entries/filters.ts';
import type { AuditDb } from '../tables.ts';
import type { ExportTables } from './tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

const whole = (column: string) => sql<number>`${sql.ref(column)}::float8`;
const columns = [
  ...(['id', 'version', 'created_at', 'updated_at', 'format', 'filters', 'status', 'failure'] as const),
  ...(['finished_at', 'expires_at'] as const),
  sql<number | null>`log_size::float8`.as('log_size'),
  whole('position').as('position'),
  whole('exported').as('exported'),
  whole('size_bytes').as('size_bytes'),
] as const;

export interface ExportRecord {
  id: string;
  version: number;
  created_at: Date;
  updated_at: Date;
  format: AuditExport['format'];
  filters: EntryFilters;
  status: AuditExport['status'];
  failure: string | null;
  finished_at: Date | null;
  expires_at: Date;
  log_size: number | null;
  position: number;
  exported: number;
  size_bytes: number;
}

export const toExport = (row: ExportRecord): AuditExport => ({
  id: row.id,
  format: row.format,
  filters: row.filters,
  status: row.status,
  logSize: row.log_size,
  processedEntries: row.position,
  exportedEntries: row.exported,
  sizeBytes: row.size_bytes,
  failure: row.failure,
  finishedAt: row.finished_at?.toISOString() ?? null,
  expiresAt: row.expires_at.toISOString(),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const keptUntil = sql<Date>`now() + interval '7 days'`;
/** What is past its days is not there any more, also before it is removed. */
const kept = sql<boolean>`expires_at > now()`;

export async function insertExport(
  db: Db,
  row: Pick<Insertable<ExportTables['exports']>, 'tenant_id' | 'id' | 'format' | 'filters' | 'since'>,
): Promise<ExportRecord> {
  return db
    .insertInto('exports')
    .values({ ...row, expires_at: keptUntil })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export async function findExport(db: Db, id: string): Promise<ExportRecord | undefined> {
  return db.selectFrom('exports').select(columns).where('id', '=', id).where(kept).executeTakeFirst();
}

export async function listExports(
  db: Db,
  { status, ...query }: ListQuery & { status?: ExportRecord['status'] },
): Promise<AuditExport[]> {
  let exports = applyPage(db.selectFrom('exports').select(columns).where(kept), query);
  if (status) exports = exports.where('status', '=', status);
  return (await exports.execute()).map(toExport);
}

/** What a tenant has already, with others that ask kept waiting until the end of the transaction. */
export async function lockUsage(
  trx: Transaction<AuditDb>,
  tenantId: string,
): Promise<{ unfinished: number; bytes: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit exports of ${tenantId}`}, 0))`.execute(
    trx,
  );
  return trx
    .selectFrom('exports')
    .select(sql<number>`count(*) filter (where status in ('queued', 'running'))::int`.as('unfinished'))
    .select(sql<number>`coalesce(sum(size_bytes), 0)::float8`.as('bytes'))
    .where(kept)
    .executeTakeFirstOrThrow();
}

export interface ExportTask {
  format: ExportRecord['format'];
  filters: EntryFilters;
  since: number | null;
  /** Null: it was not begun. */
  logSize: number | null;
  position: number;
  covered: number;
  exported: number;
  sizeBytes: number;
}

/** What a process needs that takes an export up. */
export async function findTask(db: Db, { jobId }: Lease): Promise<ExportTask | undefined> {
  return db
    .selectFrom('exports')
    .select(['format', 'filters'])
    .select(sql<number | null>`since::float8`.as('since'))
    .select(sql<number | null>`log_size::float8`.as('logSize'))
    .select([whole('position').as('position'), whole('covered').as('covered')])
    .select([whole('exported').as('exported'), whole('size_bytes').as('sizeBytes')])
    .where('id', '=', jobId)
    .executeTakeFirst();
}

const changedNow = { version: sql<number>`version + 1`, updated_at: sql<Date>`now()` };

/**
 * Whether the tenant's whole log is being exported, so as it was when that was begun: what tells of a removal in the midst of it would
 * not be in there.
 */
export async function isExportedWhole(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('exports')
    .select('id')
    .where('format', '=', 'ndjson')
    .where(sql<boolean>`filters = '{}'`)
    .where('log_size', 'is not', null)
    .where('finished_at', 'is', null)
    .where(kept)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function setLogSize(db: Db, { jobId }: Lease, size: number): Promise<void> {
  await db
    .updateTable('exports')
    .set({ ...changedNow, log_size: String(size) })
    .where('id', '=', jobId)
    .execute();
}

/** Adds text to the file. Gives how many bytes. Call it with the lease held. */
export async function addText(db: Db, lease: Lease, chunks: readonly string[]): Promise<number> {
  await addChunks(db, lease, chunks);
  const bytes = chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0);
  await db
    .updateTable('exports')
    .set({ ...changedNow, size_bytes: sql`size_bytes + ${bytes}` })
    .where('id', '=', lease.jobId)
    .execute();
  return bytes;
}

/** Where the next process goes on. Call it with the lease held. */
export async function setProgress(
  db: Db,
  { jobId }: Lease,
  { position, covered, exported }: Pick<ExportTask, 'position' | 'covered' | 'exported'>,
): Promise<void> {
  await db
    .updateTable('exports')
    .set({ ...changedNow, position: String(position), covered: String(covered), exported: String(exported) })
    .where('id', '=', jobId)
    .execute();
}

/** What was written of a failed one is not kept. Call it with the lease held. */
export async function finishExport(db: Db, { jobId }: Lease, failure: string | null): Promise<void> {
  if (failure !== null) await db.deleteFrom('export_chunks').where('export_id', '=', jobId).execute();
  await db
    .updateTable('exports')
    .set({ ...changedNow, finished_at: sql`now()`, expires_at: keptUntil, failure })
    .set({ status: failure === null ? 'completed' : 'failed', lease: null, leased_until: null })
    .set(failure === null ? {} : { size_bytes: '0' })
    .where('id', '=', jobId)
    .execute();
}
