import type { TestService } from '@stockade/testing';

interface Column {
  table: string;
  column: string;
  /** Not a time: its name and what it is taken by. */
  key: boolean;
}

const tables = `
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not like 'kysely%'`;

/** The columns of a service's tables that hold times, and those by which its rows are told apart. */
async function columnsOf({ query }: TestService): Promise<{ times: Column[]; keys: Column[] }> {
  const times = await query<Column & Record<string, unknown>>(
    `select c.relname as table, a.attname as column ${tables}
     and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) and a.attgenerated = ''`,
  );
  const keys = await query<Column & Record<string, unknown>>(
    `select c.relname as table, a.attname as column ${tables}
     and a.atttypid not in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
     and a.attnum = any((select i.indkey from pg_index i where i.indrelid = c.oid and i.indisprimary)::smallint[])`,
  );
  return { times, keys };
}

export interface Calendar {
  /** All that is stored becomes so many days older, in the partitions of those days. */
  pass(days: number): Promise<void>;
  /** The rows of each table, by what tells them apart. */
  rows(): Promise<Map<string, Set<string>>>;
}

/** Partitioned by a day or a month, which has to be there: as it was made when that day was to come. */
const partitions = {
  inbox: { by: 'occurred_on', format: 'YYYYMMDD', unit: 'day' },
  message_references: { by: 'day', format: 'YYYYMMDD', unit: 'day' },
  entries: { by: 'recorded_on', format: 'YYYYMM', unit: 'month' },
} as const;

export async function openCalendar(service: TestService): Promise<Calendar> {
  const { query } = service;
  const { times, keys } = await columnsOf(service);
  const byTable = Map.groupBy(times, ({ table }) => table);
  const keysOf = Map.groupBy(keys, ({ table }) => table);
  const owner = `stockade_${service.service.name.replaceAll('-', '_')}_owner`;

  const makePast = async (table: keyof typeof partitions, days: number) => {
    const { by, format, unit } = partitions[table];
    const found = await query<{ name: string; lo: string; hi: string }>(
      `select distinct '${table}_' || to_char(${by} - $1::int, '${format}') as name,
         date_trunc('${unit}', ${by} - $1::int)::date::text as lo,
         (date_trunc('${unit}', ${by} - $1::int) + interval '1 ${unit}')::date::text as hi
       from ${table}`,
      [days],
    );
    for (const { name, lo, hi } of found) {
      const [there] = await query<{ there: boolean }>('select to_regclass($1) is not null as there', [name]);
      if (there?.there) continue;
      await query(`create table ${name} partition of ${table} for values from ('${lo}') to ('${hi}')`);
      await query(`alter table ${name} owner to ${owner}`);
    }
  };

  return {
    async pass(days) {
      for (const table of Object.keys(partitions) as (keyof typeof partitions)[])
        if (byTable.has(table)) await makePast(table, days);
      const updates = [...byTable].map(([table, columns]) => {
        const sets = columns.map(({ column }) => `"${column}" = ("${column}" - interval '${days} days')`);
        return `update ${table} set ${sets.join(', ')};`;
      });
      // Neither triggers nor references look at it: nothing happened but time.
      await query(
        `set session_replication_role = replica; ${updates.join('\n')} reset session_replication_role`,
      );
    },
    async rows() {
      const found = new Map<string, Set<string>>();
      for (const [table, columns] of keysOf) {
        const key = columns.map(({ column }) => `coalesce(t."${column}"::text, '')`).join(` || ' ' || `);
        const rows = await query<{ key: string }>(`select ${key} as key from ${table} t`);
        found.set(table, new Set(rows.map((row) => row.key)));
      }
      return found;
    },
  };
}
