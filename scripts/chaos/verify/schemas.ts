import type { Running } from '../world.ts';

/** The schemas that have a table: each service's messaging has the same ones. */
export async function schemasWith({ postgres }: Running, table: string): Promise<string[]> {
  const rows = await postgres.query<{ schema: string }>(
    'select table_schema as schema from information_schema.tables where table_name = $1 order by 1',
    [table],
  );
  return rows.map(({ schema }) => schema);
}
