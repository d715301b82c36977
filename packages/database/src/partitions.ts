import { type Kysely, sql } from 'kysely';

async function partitionsOf<DB>(db: Kysely<DB>, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = ${table}::regclass`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** Runs what makes and drops partitions of a table; gives how many are gone afterwards. */
export async function countDropped<DB>(
  db: Kysely<DB>,
  table: string,
  roll: () => Promise<unknown>,
): Promise<number> {
  const before = await partitionsOf(db, table);
  await roll();
  const left = new Set(await partitionsOf(db, table));
  return before.filter((name) => !left.has(name)).length;
}
