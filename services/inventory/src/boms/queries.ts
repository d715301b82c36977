import type { Bom } from '@stockade/contracts/inventory';
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
import type { BomTable, InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type BomRow = Selectable<BomTable>;

export interface BomLine {
  itemId: string;
  quantity: string;
}

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'item_id',
  decimal('quantity').as('quantity'),
  'active',
] as const;

export async function findBom(db: Db, id: string): Promise<BomRow | undefined> {
  return db.selectFrom('boms').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockBom(db: Db, id: string): Promise<BomRow | undefined> {
  return db.selectFrom('boms').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listBoms(
  db: Db,
  { itemId, active, ...query }: ListQuery & { itemId?: string; active?: boolean },
): Promise<BomRow[]> {
  let boms = applyPage(db.selectFrom('boms').select(columns), query);
  if (itemId) boms = boms.where('item_id', '=', itemId);
  if (active !== undefined) boms = boms.where('active', '=', active);
  return boms.execute();
}

export async function listLines(db: Db, bomIds: readonly string[]): Promise<Map<string, BomLine[]>> {
  if (bomIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('bom_lines')
    .select(['bom_id', 'item_id as itemId', decimal('quantity').as('quantity')])
    .where('bom_id', 'in', bomIds)
    .orderBy('bom_id')
    .orderBy('no')
    .execute();
  return Map.groupBy(rows, (row) => row.bom_id);
}

export async function insertBom(db: Db, bom: Insertable<BomTable>): Promise<BomRow> {
  return db.insertInto('boms').values(bom).returning(columns).executeTakeFirstOrThrow();
}

/** Puts these lines in the place of those that a bill had. */
export async function replaceLines(
  db: Db,
  { tenant_id, id }: Pick<BomRow, 'tenant_id' | 'id'>,
  lines: readonly BomLine[],
): Promise<void> {
  await db.deleteFrom('bom_lines').where('bom_id', '=', id).execute();
  await db
    .insertInto('bom_lines')
    .values(
      lines.map(({ itemId, quantity }, no) => ({ tenant_id, bom_id: id, no, item_id: itemId, quantity })),
    )
    .execute();
}

export async function updateBom(db: Db, id: string, changes: Updateable<BomTable>): Promise<BomRow> {
  return db
    .updateTable('boms')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Lets one change of a tenant's bills at a time see whether it closes a circle. */
export async function lockStructure(db: Db, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`boms ${tenantId}`}, 0))`.execute(db);
}

export interface Part {
  /** What is made. */
  item_id: string;
  /** How much of it one bill makes. */
  makes: string;
  component_id: string;
  quantity: string;
}

/** The lines of the active bills of these items, of their components' bills, and so on down. */
export async function listStructure(db: Db, itemIds: readonly string[], limit: number): Promise<Part[]> {
  const { rows } = await sql<Part>`
    with recursive reached(item_id) as (
      select unnest(${itemIds}::uuid[])
      union
      select l.item_id from reached r
      join boms b on b.item_id = r.item_id and b.active
      join bom_lines l on (l.tenant_id, l.bom_id) = (b.tenant_id, b.id)
    )
    select b.item_id, trim_scale(b.quantity)::text as makes, l.item_id as component_id, trim_scale(l.quantity)::text as quantity
    from reached r
    join boms b on b.item_id = r.item_id and b.active
    join bom_lines l on (l.tenant_id, l.bom_id) = (b.tenant_id, b.id)
    order by b.item_id, l.no
    limit ${limit}`.execute(db);
  return rows;
}

export async function withLines(db: Db, rows: readonly BomRow[]): Promise<Bom[]> {
  const lines = await listLines(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    quantity: row.quantity,
    active: row.active,
    lines: (lines.get(row.id) ?? []).map(({ itemId, quantity }) => ({ itemId, quantity })),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
