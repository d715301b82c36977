import type { Movement } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { InventoryDb, MovementTable } from '../tables.ts';
import type { Entry } from './rules.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type MovementRow = Omit<Selectable<MovementTable>, 'sequence' | 'source'> & {
  reversed_by_id: string | null;
  reversed_at: Date | null;
};

export function toMovement(row: MovementRow): Movement {
  const recordedAt = row.recorded_at.toISOString();
  return {
    id: row.id,
    type: row.type,
    itemId: row.item_id,
    siteId: row.site_id,
    locationId: row.location_id,
    lotId: row.lot_id,
    quantity: row.quantity,
    toSiteId: row.to_site_id,
    toLocationId: row.to_location_id,
    reason: row.reason,
    reference: row.reference,
    occurredAt: row.occurred_at.toISOString(),
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
    .select([
      'm.tenant_id',
      'm.id',
      'm.type',
      'm.item_id',
      'm.site_id',
      'm.location_id',
      'm.lot_id',
      'm.to_site_id',
      'm.to_location_id',
    ])
    .select([
      'm.reason',
      'm.reference',
      'm.occurred_at',
      'm.recorded_at',
      'm.actor',
      'm.reverses_id',
      'r.id as reversed_by_id',
      'r.recorded_at as reversed_at',
    ])
    .select(decimal('m.quantity').as('quantity'));
}

export async function findMovement(db: Db, id: string): Promise<MovementRow | undefined> {
  return selectMovements(db).where('m.id', '=', id).executeTakeFirst();
}

/** Makes those who reverse one movement wait for each other: a row of the ledger cannot be locked by who may only add. */
export async function lockReversal(db: Db, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reversal ${id}`}, 0))`.execute(db);
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
  type?: MovementRow['type'];
  reference?: string;
}

/** Of a site: what happened there, transfers to it included. */
export async function listMovements(
  db: Db,
  { itemId, siteId, type, reference, ...query }: MovementFilters,
): Promise<Movement[]> {
  let movements = applyPage(selectMovements(db), query, 'm.id');
  if (itemId) movements = movements.where('m.item_id', '=', itemId);
  if (siteId)
    movements = movements.where((is) =>
      is.or([is('m.site_id', '=', siteId), is('m.to_site_id', '=', siteId)]),
    );
  if (type) movements = movements.where('m.type', '=', type);
  if (reference) movements = movements.where('m.reference', '=', reference);
  return (await movements.execute()).map(toMovement);
}

/** In one statement, in the order given. */
export async function insertMovements(
  db: Db,
  movements: readonly Insertable<MovementTable>[],
): Promise<MovementRow[]> {
  const rows = await db
    .insertInto('movements')
    .values([...movements])
    .returning([
      'tenant_id',
      'id',
      'type',
      'item_id',
      'site_id',
      'location_id',
      'lot_id',
      'to_site_id',
      'to_location_id',
    ])
    .returning([
      'reason',
      'reference',
      'occurred_at',
      'recorded_at',
      'actor',
      'reverses_id',
      sql<null>`null`.as('reversed_by_id'),
      sql<null>`null`.as('reversed_at'),
    ])
    .returning(decimal('quantity').as('quantity'))
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return movements.map((movement) => byId.get(movement.id) as MovementRow);
}

export interface LedgerEntry extends Entry {
  movement_id: string;
  line: number;
  occurred_at: Date;
}

export async function insertEntries(
  db: Db,
  tenantId: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  await db
    .insertInto('ledger_entries')
    .values(entries.map((entry) => ({ tenant_id: tenantId, ...entry })))
    .execute();
}
