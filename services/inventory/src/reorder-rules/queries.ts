import type { ReorderRule } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { InventoryDb, ReorderRuleTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type RuleRow = Selectable<ReorderRuleTable>;

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'item_id',
  'site_id',
  decimal('reorder_point').as('reorder_point'),
  decimal('reorder_quantity').as('reorder_quantity'),
  'active',
] as const;

export const toRule = (row: RuleRow): ReorderRule => ({
  id: row.id,
  itemId: row.item_id,
  siteId: row.site_id,
  reorderPoint: row.reorder_point,
  reorderQuantity: row.reorder_quantity,
  active: row.active,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function findRule(db: Db, id: string): Promise<RuleRow | undefined> {
  return db.selectFrom('reorder_rules').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockRule(db: Db, id: string): Promise<RuleRow | undefined> {
  return db.selectFrom('reorder_rules').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

interface RuleFilters extends ListQuery {
  itemId?: string;
  siteId?: string;
  active?: boolean;
}

export async function listRules(
  db: Db,
  { itemId, siteId, active, ...query }: RuleFilters,
): Promise<ReorderRule[]> {
  let rules = applyPage(db.selectFrom('reorder_rules').select(columns), query);
  if (itemId) rules = rules.where('item_id', '=', itemId);
  if (siteId) rules = rules.where('site_id', '=', siteId);
  if (active !== undefined) rules = rules.where('active', '=', active);
  return (await rules.execute()).map(toRule);
}

export async function insertRule(db: Db, rule: Insertable<ReorderRuleTable>): Promise<RuleRow> {
  return db.insertInto('reorder_rules').values(rule).returning(columns).executeTakeFirstOrThrow();
}

export async function updateRule(
  db: Db,
  id: string,
  changes: Updateable<ReorderRuleTable>,
): Promise<RuleRow> {
  return db
    .updateTable('reorder_rules')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
