import type { Export } from '@stockade/contracts/inventory';
import { addChunks, applyPage, type Lease, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ExportTable, InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

const columns = [
  ...(['id', 'version', 'created_at', 'updated_at', 'kind', 'status', 'failure', 'caller'] as const),
  ...(['total_rows', 'written_rows', 'finished_at', 'expires_at'] as const),
] as const;

export type ExportRecord = Pick<Selectable<ExportTable>, (typeof columns)[number]>;

export const toExport = (row: ExportRecord): Export => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  totalRows: row.total_rows,
  writtenRows: row.written_rows,
  failure: row.failure,
  finishedAt: row.finished_at?.toISOString() ?? null,
  expiresAt: row.expires_at.toISOString(),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const keptUntil = sql<Date>`now() + interval '1 day'`;
/** What is past its day is not there any more, also before it is removed. */
const kept = sql<boolean>`expires_at > now()`;

export async function insertExport(
  db: Db,
  row: Omit<Insertable<ExportTable>, 'expires_at'>,
): Promise<ExportRecord> {
  return db
    .insertInto('exports')
    .values({ ...row, expires_at: keptUntil as unknown as Date })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export async function findExport(db: Db, id: string): Promise<ExportRecord | undefined> {
  return db.selectFrom('exports').select(columns).where('id', '=', id).where(kept).executeTakeFirst();
}

export async function listExports(
  db: Db,
  { status, ...query }: ListQuery & { status?: ExportRecord['status'] },
): Promise<Export[]> {
  let exports = applyPage(db.selectFrom('exports').select(columns).where(kept), query);
  if (status) exports = exports.where('status', '=', status);
  return (await exports.execute()).map(toExport);
}

export async function countUnfinished(db: Db): Promise<number> {
  const row = await db
    .selectFrom('exports')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** What a process needs that takes an export up. */
export async function findTask(db: Db, { jobId }: Lease) {
  return db
    .selectFrom('exports')
    .select(['kind', 'filters', 'caller', 'cursor', 'written_rows', 'created_at'])
    .where('id', '=', jobId)
    .executeTakeFirst();
}

export async function setTotal(db: Db, { jobId }: Lease, totalRows: number): Promise<void> {
  await db
    .updateTable('exports')
    .set({ version: sql`version + 1`, updated_at: sql`now()`, total_rows: totalRows })
    .where('id', '=', jobId)
    .execute();
}

interface Written {
  rows: number;
  cursor: string | null;
  chunks: readonly string[];
}

/** Adds what was written, and from where it goes on. Call it with the lease held. */
export async function addWritten(db: Db, lease: Lease, { rows, cursor, chunks }: Written): Promise<void> {
  await addChunks(db, lease, chunks);
  await db
    .updateTable('exports')
    .set({ version: sql`version + 1`, updated_at: sql`now()`, cursor })
    .set({ written_rows: sql`written_rows + ${rows}` })
    .set({ total_rows: sql`greatest(total_rows, written_rows + ${rows})` })
    .where('id', '=', lease.jobId)
    .execute();
}

/** What was written of a failed one is not kept. Call it with the lease held. */
export async function finishExport(db: Db, { jobId }: Lease, failure: string | null): Promise<void> {
  if (failure !== null) await db.deleteFrom('export_chunks').where('export_id', '=', jobId).execute();
  await db
    .updateTable('exports')
    .set({
      version: sql`version + 1`,
      updated_at: sql`now()`,
      finished_at: sql`now()`,
      expires_at: keptUntil,
    })
    .set({ status: failure === null ? 'completed' : 'failed', failure, lease: null, leased_until: null })
    .set({ total_rows: sql`written_rows` })
    .where('id', '=', jobId)
    .execute();
}
