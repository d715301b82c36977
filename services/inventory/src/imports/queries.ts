import type { Import } from '@stockade/contracts/inventory';
import { applyPage, type Lease, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ImportTable, InventoryDb, RowError } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

const columns = [
  ...(['id', 'version', 'created_at', 'updated_at', 'kind', 'mode', 'status', 'failure'] as const),
  ...(['total_rows', 'processed_rows', 'applied_rows', 'bad_rows', 'finished_at'] as const),
] as const;

/** Without the file. */
export type ImportRecord = Pick<Selectable<ImportTable>, (typeof columns)[number] | 'errors'>;

export const toImport = (row: ImportRecord): Import => ({
  id: row.id,
  kind: row.kind,
  mode: row.mode,
  status: row.status,
  totalRows: row.total_rows,
  processedRows: row.processed_rows,
  appliedRows: row.applied_rows,
  badRows: row.bad_rows,
  errors: row.errors,
  failure: row.failure,
  finishedAt: row.finished_at?.toISOString() ?? null,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function insertImport(db: Db, row: Insertable<ImportTable>): Promise<ImportRecord> {
  return db
    .insertInto('imports')
    .values(row)
    .returning([...columns, 'errors'])
    .executeTakeFirstOrThrow();
}

export async function findImport(db: Db, id: string): Promise<ImportRecord | undefined> {
  return db
    .selectFrom('imports')
    .select([...columns, 'errors'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function listImports(
  db: Db,
  { status, ...query }: ListQuery & { status?: ImportRecord['status'] },
): Promise<Import[]> {
  let imports = applyPage(
    db
      .selectFrom('imports')
      .select([...columns])
      .select(sql<RowError[]>`jsonb_path_query_array(errors, '$[0 to 9]')`.as('errors')),
    query,
  );
  if (status) imports = imports.where('status', '=', status);
  return (await imports.execute()).map(toImport);
}

export async function countUnfinished(db: Db): Promise<number> {
  const row = await db
    .selectFrom('imports')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** What a process needs that takes an import up. */
export async function findTask(db: Db, { jobId }: Lease) {
  return db
    .selectFrom('imports')
    .select(['kind', 'mode', 'content', 'caller', 'processed_rows'])
    .where('id', '=', jobId)
    .executeTakeFirst();
}

export const maxErrors = 1_000;

interface Progress {
  processed: number;
  applied: number;
  bad: number;
  errors: readonly RowError[];
}

/** Adds to the figures, and to the errors as long as there is room. Call it with the lease held. */
export async function addProgress(
  db: Db,
  { jobId }: Lease,
  { processed, applied, bad, errors }: Progress,
): Promise<void> {
  const more = JSON.stringify(errors.slice(0, maxErrors));
  await db
    .updateTable('imports')
    .set({
      version: sql`version + 1`,
      updated_at: sql`now()`,
      processed_rows: sql`processed_rows + ${processed}`,
      applied_rows: sql`applied_rows + ${applied}`,
      bad_rows: sql`bad_rows + ${bad}`,
      ...(errors.length > 0
        ? {
            errors: sql<string>`jsonb_path_query_array(errors || ${more}::jsonb, ${`$[0 to ${maxErrors - 1}]`}::jsonpath)`,
          }
        : {}),
    })
    .where('id', '=', jobId)
    .execute();
}

/** Begins its figures anew. Call it with the lease held. */
export async function resetProgress(db: Db, { jobId }: Lease, totalRows: number): Promise<void> {
  await db
    .updateTable('imports')
    .set({ version: sql`version + 1`, updated_at: sql`now()`, total_rows: totalRows })
    .set({ processed_rows: 0, applied_rows: 0, bad_rows: 0, errors: '[]' })
    .where('id', '=', jobId)
    .execute();
}

/** The file is not kept. Call it with the lease held. */
export async function finishImport(db: Db, { jobId }: Lease, failure: string | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({ version: sql`version + 1`, updated_at: sql`now()`, finished_at: sql`now()`, content: null })
    .set({ status: failure === null ? 'completed' : 'failed', failure, lease: null, leased_until: null })
    .where('id', '=', jobId)
    .execute();
}
