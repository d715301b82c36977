import { type Kysely, sql } from 'kysely';
import type { Lease } from './lease.ts';

// biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
type Db = Kysely<any>;

/**
 * The file of an export, in pieces: the table export_chunks (tenant_id, export_id, no, content), numbered from 1 on, whose
 * rows go with their export's. Adds pieces; call it with the lease held.
 */
export async function addChunks(
  db: Db,
  { tenantId, jobId }: Lease,
  chunks: readonly string[],
): Promise<void> {
  await sql`
    insert into export_chunks (tenant_id, export_id, no, content)
    select ${tenantId}::uuid, ${jobId}::uuid, f.no + c.at, c.content
    from unnest(${chunks}::text[]) with ordinality as c(content, at),
      (select coalesce(max(no), 0) as no from export_chunks where export_id = ${jobId}) f`.execute(db);
}

export async function countChunks(db: Db, exportId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from export_chunks where export_id = ${exportId}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function findChunk(db: Db, exportId: string, no: number): Promise<string | undefined> {
  const { rows } = await sql<{ content: string }>`
    select content from export_chunks where export_id = ${exportId} and no = ${no}`.execute(db);
  return rows[0]?.content;
}

/** Removes so many exports that are past their day, with their files, across tenants; for the system role. */
export const deleteExpiredExports = (limit: number) => sql`
  delete from exports where (tenant_id, id) in (
    select tenant_id, id from exports where expires_at < now() order by expires_at limit ${limit})`;
