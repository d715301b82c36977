import type { Records } from '../records.ts';
import type { Running } from '../world.ts';

const shown = 5;
const some = (list: readonly string[]) =>
  `${list.slice(0, shown).join(', ')}${list.length > shown ? ` and ${list.length - shown} more` : ''}`;

/** Of each table the ids before the first call: what was there is nobody's. */
export type Before = Map<string, Set<string>>;

async function idsOf({ postgres, stack }: Running, table: string): Promise<string[]> {
  const rows = await postgres.query<{ id: string }>(`select id from ${table} where tenant_id = $1`, [
    stack.credentials.tenantId,
  ]);
  return rows.map(({ id }) => id);
}

/** Tables whose every row somebody was told of. Movements are also made by other things than calls for them. */
const exact = (table: string) => table !== 'inventory.movements' && table !== 'email_scanning.messages';

/** What was acknowledged is there; and nothing else is, as every call was repeated until it was answered. */
export async function checkRows(world: Running, records: Records, before: Before): Promise<string[]> {
  const wrong: string[] = [];
  for (const [table, acknowledged] of records.made) {
    const found = new Set(await idsOf(world, table));
    const lost = [...acknowledged].filter((id) => !found.has(id));
    const extra = [...found].filter((id) => !acknowledged.has(id) && !before.get(table)?.has(id));
    if (lost.length > 0) wrong.push(`${table}: ${lost.length} acknowledged and not there: ${some(lost)}`);
    if (exact(table) && extra.length > 0)
      wrong.push(`${table}: ${extra.length} that nobody was told of: ${some(extra)}`);
  }
  return wrong;
}

export async function rowsBefore(world: Running): Promise<Before> {
  const tables = ['identity.users', 'identity.api_keys'];
  return new Map(
    await Promise.all(tables.map(async (table) => [table, new Set(await idsOf(world, table))] as const)),
  );
}

/** Rows are in the state that the last call about them was answered with, or that must follow by itself. */
export async function checkStates({ postgres, stack }: Running, { state }: Records): Promise<string[]> {
  const wrong: string[] = [];
  const groups = Map.groupBy([...state], ([key]) => {
    const [table, , column] = key.split(' ');
    return `${table} ${column}`;
  });
  for (const [group, entries] of groups) {
    const [table, column] = group.split(' ');
    const rows = await postgres.query<{ id: string; value: string }>(
      `select id, ${column}::text as value from ${table} where tenant_id = $1`,
      [stack.credentials.tenantId],
    );
    const values = new Map(rows.map(({ id, value }) => [id, value]));
    for (const [key, expected] of entries) {
      const id = key.split(' ')[1] as string;
      if (values.get(id) !== expected)
        wrong.push(`${table} ${id}: ${column} is ${values.get(id)}, and should be ${expected}`);
    }
  }
  return wrong;
}
