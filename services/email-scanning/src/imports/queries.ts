import type { MailImport } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import type { ImportTable, Refusal } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
export type ImportRow = Selectable<ImportTable>;

export const toImport = (row: ImportRow): MailImport => ({
  id: row.id,
  format: row.format,
  status: row.status,
  source: row.source,
  sizeBytes: row.size_bytes,
  total: row.total,
  done: row.done,
  accepted: row.accepted,
  duplicates: row.duplicates,
  refused: row.refused,
  refusals: row.refusals,
  failure: row.failure,
  finishedAt: row.finished_at?.toISOString() ?? null,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function insertImport(db: Db, row: Insertable<ImportTable>): Promise<ImportRow> {
  return db.insertInto('imports').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function insertPiece(
  db: Db,
  piece: { tenant_id: string; import_id: string; no: number; body: Buffer },
): Promise<void> {
  await db.insertInto('import_pieces').values(piece).execute();
}

export async function findPiece(db: Db, importId: string, no: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('import_pieces')
    .select('body')
    .where('import_id', '=', importId)
    .where('no', '=', no)
    .executeTakeFirst();
  return row?.body;
}

export async function findImport(db: Db, id: string): Promise<ImportRow | undefined> {
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listImports(
  db: Db,
  { status, ...query }: ListQuery & { status?: ImportRow['status'] },
): Promise<MailImport[]> {
  let imports = applyPage(db.selectFrom('imports').selectAll(), query);
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

export interface Progress {
  accepted: number;
  duplicates: number;
  refusals: readonly Refusal[];
}

const maxRefusals = 100;

/** Call it with the lease held, in the transaction of what was done. */
export async function addProgress(db: Db, id: string, progress: Progress): Promise<void> {
  const { accepted, duplicates, refusals } = progress;
  const refused = refusals.length;
  await db
    .updateTable('imports')
    .set({
      version: sql`version + 1`,
      updated_at: sql`now()`,
      done: sql`done + ${accepted + duplicates + refused}`,
      accepted: sql`accepted + ${accepted}`,
      duplicates: sql`duplicates + ${duplicates}`,
      refused: sql`refused + ${refused}`,
      ...(refused > 0
        ? {
            refusals: sql<string>`jsonb_path_query_array(refusals || ${JSON.stringify(refusals)}::jsonb, ${`$[0 to ${maxRefusals - 1}]`}::jsonpath)`,
          }
        : {}),
    })
    .where('id', '=', id)
    .execute();
}

export async function setTotal(db: Db, id: string, total: number): Promise<void> {
  await db.updateTable('imports').set({ total, version: sql`version + 1` }).where('id', '=', id).execute();
}

/** The file is not kept. Call it with the lease held. */
export async function finishImport(db: Db, id: string, failure: string | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({ version: sql`version + 1`, updated_at: sql`now()`, finished_at: sql`now()` })
    .set({ status: failure === null ? 'completed' : 'failed', failure, lease: null, leased_until: null })
    .where('id', '=', id)
    .execute();
  await db.deleteFrom('import_pieces').where('import_id', '=', id).execute();
}
