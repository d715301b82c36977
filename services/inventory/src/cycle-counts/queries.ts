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
import type { CycleCountLineTable, CycleCountTable, InventoryDb, Place } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type CountRow = Selectable<CycleCountTable>;
export type LineRow = Omit<Selectable<CycleCountLineTable>, 'tenant_id'>;

export async function findCount(db: Db, id: string): Promise<CountRow | undefined> {
  return db.selectFrom('cycle_counts').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockCount(db: Db, id: string): Promise<CountRow | undefined> {
  return db.selectFrom('cycle_counts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

interface CountFilters extends ListQuery {
  status?: CountRow['status'];
  siteId?: string;
}

export async function listCounts(db: Db, { status, siteId, ...query }: CountFilters): Promise<CountRow[]> {
  let counts = applyPage(db.selectFrom('cycle_counts').selectAll(), query);
  if (status) counts = counts.where('status', '=', status);
  if (siteId) counts = counts.where('site_id', '=', siteId);
  return counts.execute();
}

export async function listLines(db: Db, countIds: readonly string[]): Promise<LineRow[]> {
  if (countIds.length === 0) return [];
  return db
    .selectFrom('cycle_count_lines')
    .select(['id', 'cycle_count_id', 'item_id', 'site_id', 'location_id', 'lot_id', 'open', 'to_count'])
    .select(['counted_at', 'position', 'movement_id'])
    .select([decimal('counted').as('counted'), decimal('expected').as('expected')])
    .where('cycle_count_id', 'in', countIds)
    .orderBy('cycle_count_id')
    .orderBy('id')
    .execute();
}

export async function insertCount(db: Db, count: Insertable<CycleCountTable>): Promise<CountRow> {
  return db.insertInto('cycle_counts').values(count).returningAll().executeTakeFirstOrThrow();
}

export async function updateCount(
  db: Db,
  id: string,
  changes: Updateable<CycleCountTable>,
): Promise<CountRow> {
  return db
    .updateTable('cycle_counts')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The places of a count where the ledger has or once had something; that shows nothing of how much. */
export async function placesToCount(
  db: Db,
  { site_id, location_id, item_ids }: Pick<CountRow, 'site_id' | 'location_id' | 'item_ids'>,
  limit: number,
): Promise<Place[]> {
  let places = db
    .selectFrom('balances')
    .select(['item_id', 'site_id', 'location_id', 'lot_id'])
    .where('site_id', '=', site_id)
    .where('position', '>', '0')
    .orderBy('location_id')
    .orderBy('item_id')
    .orderBy('lot_id')
    .limit(limit);
  if (location_id) places = places.where('location_ref', '=', location_id);
  if (item_ids) places = places.where('item_id', 'in', item_ids);
  return places.execute();
}

type NewLine = Omit<Insertable<CycleCountLineTable>, 'tenant_id' | 'cycle_count_id'>;

export async function insertLines(
  db: Db,
  ids: { tenant_id: string; cycle_count_id: string },
  lines: readonly NewLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into cycle_count_lines (tenant_id, cycle_count_id, id, item_id, site_id, location_id, lot_id)
    select ${ids.tenant_id}::uuid, ${ids.cycle_count_id}::uuid, l.id, l.item_id, l.site_id, l.location_id, l.lot_id
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as l(id uuid, item_id uuid, site_id uuid, location_id uuid, lot_id uuid)`.execute(db);
}

export interface CountedLine {
  id: string;
  counted: string;
  /** Null: this very moment. */
  counted_at: Date | null;
}

/**
 * Notes what was counted, and beside it what the ledger had at that moment: the balance after its last entry recorded
 * until then. Call it with the balances locked, so that no entry of before is still on its way: then every entry that
 * there is was recorded until this very moment, whatever our clock says beside the database's.
 */
export async function noteCounted(db: Db, lines: readonly CountedLine[]): Promise<void> {
  await sql`
    update cycle_count_lines l
    set counted = c.counted, counted_at = coalesce(c.counted_at, clock_timestamp()), to_count = false,
      position = coalesce(e.position, 0), expected = coalesce(e.on_hand, 0)
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as c(id uuid, counted numeric, counted_at timestamptz)
    join cycle_count_lines o on o.id = c.id
    left join balances b on b.item_id = o.item_id and b.site_id = o.site_id
      and b.location_id = o.location_id and b.lot_id = o.lot_id
    left join lateral (
      select position, on_hand from ledger_entries e
      where e.tenant_id = b.tenant_id and e.balance_id = b.id
        and (c.counted_at is null or e.recorded_at <= c.counted_at)
      order by position desc limit 1) e on true
    where l.id = o.id`.execute(db);
}

/** Has lines counted again. */
export async function reopenLines(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('cycle_count_lines')
    .set({ to_count: true, counted: null, counted_at: null, position: null, expected: null })
    .where('id', 'in', ids)
    .execute();
}

/** Ends the lines of a count, with the movements that their variances became. */
export async function closeLines(
  db: Db,
  countId: string,
  movements: readonly { lineId: string; movementId: string }[],
): Promise<void> {
  await sql`
    update cycle_count_lines l set open = false, movement_id = m.movement_id
    from cycle_count_lines o left join unnest(${movements.map((one) => one.lineId)}::uuid[], ${movements.map((one) => one.movementId)}::uuid[])
      as m(line_id, movement_id) on m.line_id = o.id
    where o.cycle_count_id = ${countId} and l.id = o.id`.execute(db);
}
