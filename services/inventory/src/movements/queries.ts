import type { Movement } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import type { Counting } from '../cycle-counts/blindness.ts';
import { placesOf } from '../ledger/posting.ts';
import { toMicro } from '../ledger/quantity.ts';
import type { InventoryDb, MovementTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type MovementRow = Omit<Selectable<MovementTable>, 'source'> & {
  source?: string | null;
  reversed_by_id: string | null;
  reversed_at: Date | null;
};

const owners: Record<string, string> = {
  'receipt-line': 'receipt',
  count: 'cycle count',
  production: 'production order',
};

/** The kind of document that a movement was posted for, or null for what callers posted themselves. */
export function ownerOf({ source, leg }: Pick<MovementRow, 'source' | 'leg'>): string | null {
  if (leg) return 'transfer';
  const [kind = ''] = source?.split(' ') ?? [];
  return owners[kind] ?? null;
}

export function toMovement(row: MovementRow): Movement {
  const recordedAt = row.recorded_at.toISOString();
  return {
    id: row.id,
    sequence: Number(row.sequence),
    type: row.type,
    itemId: row.item_id,
    siteId: row.site_id,
    locationId: row.location_id,
    lotId: row.lot_id,
    quantity: row.quantity,
    enteredQuantity: row.entered_quantity,
    enteredUnit: row.entered_unit,
    toSiteId: row.to_site_id,
    toLocationId: row.to_location_id,
    reason: row.reason,
    reference: row.reference,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt,
    actor: row.actor,
    reversesId: row.reverses_id,
    reversedById: row.reversed_by_id,
    version: row.reversed_by_id ? 2 : 1,
    createdAt: recordedAt,
    updatedAt: row.reversed_at?.toISOString() ?? recordedAt,
  };
}

function selectMovements(db: Db) {
  return db
    .selectFrom('movements as m')
    .leftJoin('movements as r', (join) =>
      join.onRef('r.tenant_id', '=', 'm.tenant_id').onRef('r.reverses_id', '=', 'm.id'),
    )
    .select(['m.tenant_id', 'm.id', 'm.sequence', 'm.type', 'm.item_id', 'm.site_id', 'm.location_id'])
    .select(['m.lot_id', 'm.to_site_id', 'm.to_location_id', 'm.leg', 'm.entered_unit', 'm.source'])
    .select(['m.reason', 'm.reference', 'm.occurred_at', 'm.recorded_at', 'm.actor', 'm.reverses_id'])
    .select(['r.id as reversed_by_id', 'r.recorded_at as reversed_at'])
    .select([decimal('m.quantity').as('quantity'), decimal('m.entered_quantity').as('entered_quantity')]);
}

export async function findMovement(db: Db, id: string): Promise<MovementRow | undefined> {
  return selectMovements(db).where('m.id', '=', id).executeTakeFirst();
}

/** Those of the sources that were not reversed, in the order of their recording. */
export async function listUnreversed(db: Db, sources: readonly string[]): Promise<MovementRow[]> {
  return selectMovements(db)
    .where('m.source', 'in', sources)
    .where('r.id', 'is', null)
    .orderBy('m.sequence')
    .execute();
}

/** Makes those who reverse one movement wait for each other: a row of the ledger cannot be locked by who may only add. */
export async function lockReversals(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('reversal ' || u.id, 0))
    from (select id from unnest(${ids}::uuid[]) as u(id) order by id) u`.execute(db);
}

/** Of the sources those that are in the ledger, with their movements. */
export async function findBySource(db: Db, sources: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('movements')
    .select(['id', 'source'])
    .where('source', 'in', sources)
    .execute();
  return new Map(rows.map(({ id, source }) => [source as string, id]));
}

export interface MovementFilters extends ListQuery {
  itemId?: string;
  siteId?: string;
  locationId?: string;
  lotId?: string;
  type?: MovementRow['type'];
  reference?: string;
}

/** The newest of a page by an index of each end of a transfer: an `or` over both would sort the whole ledger. */
function atEither(
  db: Db,
  query: ListQuery,
  [from, to]: readonly ['site_id' | 'location_id', 'to_site_id' | 'to_location_id'],
  id: string,
) {
  const one = (column: typeof from | typeof to) =>
    applyPage(db.selectFrom('movements').select('id').where(column, '=', id), query);
  return db
    .selectFrom(one(from).as('o'))
    .select('o.id')
    .union(db.selectFrom(one(to).as('i')).select('i.id'));
}

/** Those that touch no stock that the caller counts. */
function unseen({ coversSql }: Counting): RawBuilder<boolean> {
  const item = sql.ref('m.item_id');
  const from = coversSql({ item, site: sql.ref('m.site_id'), location: sql.ref('m.location_id') });
  const to = coversSql({ item, site: sql.ref('m.to_site_id'), location: sql.ref('m.to_location_id') });
  return sql<boolean>`not (${from} or ${to})`;
}

/** The same of one movement: both ends of a transfer count, also of one by way of transit. */
export function isSeen({ leg: _, quantity, ...row }: MovementRow, counting: Counting | null): boolean {
  return !counting || !placesOf({ ...row, quantity: toMicro(quantity) }).some(counting.covers);
}

/** Of a site or location: what happened there, transfers to it included. */
export async function listMovements(
  db: Db,
  { itemId, siteId, locationId, lotId, type, reference, ...query }: MovementFilters,
  counting: Counting | null,
): Promise<Movement[]> {
  let movements = applyPage(selectMovements(db), query, 'm.id');
  if (counting) movements = movements.where(unseen(counting));
  if (itemId) movements = movements.where('m.item_id', '=', itemId);
  if (lotId) movements = movements.where('m.lot_id', '=', lotId);
  if (type) movements = movements.where('m.type', '=', type);
  if (reference) movements = movements.where('m.reference', '=', reference);
  // A location says its site: the site besides is only compared.
  const ends = locationId
    ? (['location_id', 'to_location_id'] as const)
    : (['site_id', 'to_site_id'] as const);
  const end = locationId ?? siteId;
  if (end && !(itemId || lotId || type || reference || counting))
    movements = movements.where('m.id', 'in', atEither(db, query, ends, end));
  for (const [from, to, id] of [
    ['m.site_id', 'm.to_site_id', siteId],
    ['m.location_id', 'm.to_location_id', locationId],
  ] as const)
    if (id) movements = movements.where((is) => is.or([is(from, '=', id), is(to, '=', id)]));
  return (await movements.execute()).map(toMovement);
}
