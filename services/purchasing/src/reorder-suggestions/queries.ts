import type { ReorderSuggestion } from '@stockade/contracts/purchasing';
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
import type { PurchasingDb, ReorderSuggestionTable } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type SuggestionRow = Selectable<ReorderSuggestionTable>;

/** Stands for "in all sites". */
export const nilId = '00000000-0000-0000-0000-000000000000';

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'item_id',
  'site_id',
  'status',
  decimal('reorder_point').as('reorder_point'),
  decimal('quantity').as('quantity'),
  'purchase_order_id',
  'decided_by',
  'decided_at',
  'reason',
] as const;

export async function findSuggestion(db: Db, id: string): Promise<SuggestionRow | undefined> {
  return db.selectFrom('reorder_suggestions').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockSuggestion(db: Db, id: string): Promise<SuggestionRow | undefined> {
  return db
    .selectFrom('reorder_suggestions')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

interface SuggestionFilters extends ListQuery {
  status?: SuggestionRow['status'];
  itemId?: string;
  siteId?: string;
}

export async function listSuggestions(
  db: Db,
  { status, itemId, siteId, ...query }: SuggestionFilters,
): Promise<SuggestionRow[]> {
  let suggestions = applyPage(db.selectFrom('reorder_suggestions').select(columns), query);
  if (status) suggestions = suggestions.where('status', '=', status);
  if (itemId) suggestions = suggestions.where('item_id', '=', itemId);
  if (siteId) suggestions = suggestions.where('site_id', '=', siteId);
  return suggestions.execute();
}

/** Keeps a level unless a newer one is known, and gives whether it was kept. */
export async function noteLevel(db: Db, level: Insertable<PurchasingDb['stock_levels']>): Promise<boolean> {
  const { version, low } = level;
  const row = await db
    .insertInto('stock_levels')
    .values(level)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'item_id', 'site_id'])
        .doUpdateSet({ version, low })
        .where(sql.ref('stock_levels.version'), '<', version),
    )
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}

/** Undefined when one is open already. */
export async function insertSuggestion(
  db: Db,
  suggestion: Insertable<ReorderSuggestionTable>,
): Promise<SuggestionRow | undefined> {
  return db
    .insertInto('reorder_suggestions')
    .values(suggestion)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'item_id', 'site_id']).where('status', '=', 'open').doNothing(),
    )
    .returning(columns)
    .executeTakeFirst();
}

/** The open one of an item at a site, locked. */
export async function lockOpen(db: Db, itemId: string, siteId: string): Promise<SuggestionRow | undefined> {
  return db
    .selectFrom('reorder_suggestions')
    .select(columns)
    .where('item_id', '=', itemId)
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
}

/** The one that became this order. */
export async function findOfOrder(db: Db, orderId: string): Promise<SuggestionRow | undefined> {
  return db
    .selectFrom('reorder_suggestions')
    .select(columns)
    .where('purchase_order_id', '=', orderId)
    .executeTakeFirst();
}

/** Whether stock is low, held so until the transaction ends. Levels are locked before suggestions. */
export async function lockLow(db: Db, itemId: string, siteId: string): Promise<boolean> {
  const row = await db
    .selectFrom('stock_levels')
    .select('low')
    .where('item_id', '=', itemId)
    .where('site_id', '=', siteId)
    .forUpdate()
    .executeTakeFirst();
  return row?.low ?? false;
}

export async function updateSuggestion(
  db: Db,
  id: string,
  changes: Updateable<ReorderSuggestionTable>,
): Promise<SuggestionRow> {
  return db
    .updateTable('reorder_suggestions')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

interface Context {
  id: string;
  on_order: string;
  last: { supplierId: string; siteId: string; currency: string; unitPrice: string } | null;
}

/** What is on its way of the suggested items, and how they were ordered last: one statement for all. */
async function contextOf(db: Db, ids: readonly string[]): Promise<Map<string, Context>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Context>`
    select s.id, trim_scale(coalesce(o.quantity, 0))::text as on_order, l.last
    from reorder_suggestions s
    left join lateral (
      select sum(greatest(0, pl.quantity - pl.received)) as quantity
      from purchase_order_lines pl join purchase_orders p on (p.tenant_id, p.id) = (pl.tenant_id, pl.purchase_order_id)
      where pl.tenant_id = s.tenant_id and pl.item_id = s.item_id and s.site_id in (p.site_id, ${nilId}::uuid)
        and p.status in ('approved', 'sent', 'partially_received')) o on true
    left join lateral (
      select jsonb_build_object('supplierId', p.supplier_id, 'siteId', p.site_id, 'currency', p.currency,
        'unitPrice', trim_scale(pl.unit_price)::text) as last
      from purchase_order_lines pl join purchase_orders p on (p.tenant_id, p.id) = (pl.tenant_id, pl.purchase_order_id)
      where pl.tenant_id = s.tenant_id and pl.item_id = s.item_id and p.status not in ('draft', 'cancelled')
      order by pl.purchase_order_id desc limit 1) l on true
    where s.id = any (${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function withContext(db: Db, rows: readonly SuggestionRow[]): Promise<ReorderSuggestion[]> {
  const contexts = await contextOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    siteId: row.site_id === nilId ? null : row.site_id,
    status: row.status,
    reorderPoint: row.reorder_point,
    quantity: row.quantity,
    onOrder: contexts.get(row.id)?.on_order ?? '0',
    lastOrder: contexts.get(row.id)?.last ?? null,
    purchaseOrderId: row.purchase_order_id,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
