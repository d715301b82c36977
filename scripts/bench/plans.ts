import { styleText } from 'node:util';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { listBalances } from '../../services/inventory/src/balances/queries.ts';
import { readDashboard } from '../../services/inventory/src/dashboard/queries.ts';
import { listItems } from '../../services/inventory/src/items/queries.ts';
import { listMovements } from '../../services/inventory/src/movements/queries.ts';
import type { InventoryDb } from '../../services/inventory/src/tables.ts';
import type { LedgerData } from './ledger-data.ts';

type Query = { sql: string; parameters: readonly unknown[] };
type Db = Transaction<InventoryDb>;

/** The service's own queries, as its routes call them. */
const reads: Record<string, (db: Db, data: LedgerData) => Promise<unknown>> = {
  dashboard: (db) => readDashboard(db, {}, null),
  'item search': (db) => listItems(db, { search: 'bracket bolt' }),
  'balances of a site': (db, { siteIds: [siteId] }) =>
    listBalances(db, { ...(siteId ? { siteId } : {}) }, null),
  movements: (db) => listMovements(db, { limit: 100 }, null),
  'movements of a site': (db, { siteIds: [siteId] }) =>
    listMovements(db, { ...(siteId ? { siteId } : {}) }, null),
  'movements of an item': (db, { itemIds: [itemId] }) =>
    listMovements(db, { ...(itemId ? { itemId } : {}) }, null),
};

/** Prints the plan of each statement behind the reads, run as the service runs them. */
export async function showPlans(databaseUrl: string, role: string, data: LedgerData): Promise<void> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    options: '-c search_path=inventory,public',
  });
  const asked: Query[] = [];
  const db = new Kysely<InventoryDb>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push({ sql: query.sql, parameters: query.parameters }),
  });
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('app.tenant_id', ${data.tenantId}, true)`.execute(trx);
    await sql`set local role ${sql.id(role)}`.execute(trx);
    for (const [what, read] of Object.entries(reads)) {
      asked.length = 0;
      await read(trx, data);
      for (const query of [...asked]) await showPlan(trx, what, query);
    }
  });
  await db.destroy();
}

async function showPlan(trx: Db, what: string, query: Query): Promise<void> {
  const { rows } = await trx.executeQuery<{ 'QUERY PLAN': string }>({
    ...sql`explain`.compile(trx),
    sql: `explain (analyze, buffers, costs off) ${query.sql}`,
    parameters: query.parameters,
  });
  process.stdout.write(`\n${styleText('bold', `Plan: ${what}`)}\n`);
  process.stdout.write(`${styleText('dim', query.sql.replace(/\s+/g, ' ').slice(0, 160))}\n`);
  for (const row of rows) process.stdout.write(`  ${row['QUERY PLAN']}\n`);
}
