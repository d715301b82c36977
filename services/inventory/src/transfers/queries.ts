import type { Transfer } from '@stockade/contracts/inventory';
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
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import type { InventoryDb, TransferLineTable, TransferTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type TransferRow = Selectable<TransferTable>;
export type LineRow = Omit<Selectable<TransferLineTable>, 'tenant_id'>;

export async function findTransfer(db: Db, id: string): Promise<TransferRow | undefined> {
  return db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockTransfer(db: Db, id: string): Promise<TransferRow | undefined> {
  return db.selectFrom('transfers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

interface TransferFilters extends ListQuery {
  status?: TransferRow['status'];
  fromSiteId?: string;
  toSiteId?: string;
}

export async function listTransfers(
  db: Db,
  { status, fromSiteId, toSiteId, ...query }: TransferFilters,
): Promise<TransferRow[]> {
  let transfers = applyPage(db.selectFrom('transfers').selectAll(), query);
  if (status) transfers = transfers.where('status', '=', status);
  if (fromSiteId) transfers = transfers.where('from_site_id', '=', fromSiteId);
  if (toSiteId) transfers = transfers.where('to_site_id', '=', toSiteId);
  return transfers.execute();
}

export async function listLines(db: Db, transferIds: readonly string[]): Promise<LineRow[]> {
  if (transferIds.length === 0) return [];
  return db
    .selectFrom('transfer_lines')
    .select(['id', 'transfer_id', 'no', 'item_id', 'lot_id', 'from_location_id', 'to_location_id'])
    .select(
      (['quantity', 'dispatched', 'received', 'lost', 'returned'] as const).map((name) =>
        decimal(name).as(name),
      ),
    )
    .where('transfer_id', 'in', transferIds)
    .orderBy('transfer_id')
    .orderBy('no')
    .execute();
}

export async function insertTransfer(
  db: Db,
  transfer: Insertable<TransferTable>,
  lines: readonly Insertable<TransferLineTable>[],
): Promise<TransferRow> {
  const row = await db.insertInto('transfers').values(transfer).returningAll().executeTakeFirstOrThrow();
  await db
    .insertInto('transfer_lines')
    .values([...lines])
    .execute();
  return row;
}

export async function updateTransfer(
  db: Db,
  id: string,
  changes: Updateable<TransferTable>,
): Promise<TransferRow> {
  return db
    .updateTable('transfers')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** All that a transfer plans is on its way. */
export async function markDispatched(db: Db, transferId: string): Promise<void> {
  await db
    .updateTable('transfer_lines')
    .set({ dispatched: sql`quantity` })
    .where('transfer_id', '=', transferId)
    .execute();
}

export interface LineChange {
  id: string;
  received: string;
  lost: string;
  returned: string;
}

/** Adds to what became of the lines. */
export async function addOutcome(db: Db, changes: readonly LineChange[]): Promise<void> {
  await sql`
    update transfer_lines l
    set received = l.received + c.received, lost = l.lost + c.lost, returned = l.returned + c.returned
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(id uuid, received numeric, lost numeric, returned numeric)
    where l.id = c.id`.execute(db);
}

/** What left and has neither arrived, nor been lost, nor come back. */
export const inTransit = ({ dispatched, received, lost, returned }: LineRow): bigint =>
  toMicro(dispatched) - toMicro(received) - toMicro(lost) - toMicro(returned);

export async function withLines(db: Db, rows: readonly TransferRow[]): Promise<Transfer[]> {
  const lines = await listLines(
    db,
    rows.map((row) => row.id),
  );
  const linesOf = Map.groupBy(lines, (line) => line.transfer_id);
  return rows.map((row) => ({
    id: row.id,
    fromSiteId: row.from_site_id,
    toSiteId: row.to_site_id,
    status: row.status,
    reference: row.reference,
    dispatchedAt: row.dispatched_at?.toISOString() ?? null,
    lines: (linesOf.get(row.id) ?? []).map((line) => ({
      id: line.id,
      itemId: line.item_id,
      lotId: line.lot_id,
      fromLocationId: line.from_location_id,
      toLocationId: line.to_location_id,
      quantity: line.quantity,
      received: line.received,
      lost: line.lost,
      returned: line.returned,
      inTransit: toDecimal(inTransit(line)),
    })),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
