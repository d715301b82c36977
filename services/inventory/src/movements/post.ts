import { stockMoved } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { errors, mapConstraint } from '@stockade/service-kit';
import { applyChanges, type LockedBalance, lockBalances, sameQuantity } from '../balances/changes.ts';
import type { ItemRow } from '../items/queries.ts';
import type { Actor, InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { type Entry, entriesOf, type MovementShape, orNull } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

/** A movement that was checked and can be posted. */
export interface NewMovement extends MovementShape {
  item: Pick<ItemRow, 'sku' | 'allow_negative'>;
  reason: string | null;
  reference: string | null;
  occurred_at: Date;
  actor: Actor;
  reverses_id?: string;
  source?: string;
  expectedOnHand?: string | undefined;
}

const keyOf = ({ item_id, site_id, location_id, lot_id }: Entry | LockedBalance) =>
  [item_id, site_id, location_id, lot_id].join(' ');
const audited = [
  'type',
  'itemId',
  'siteId',
  'locationId',
  'lotId',
  'quantity',
  'toSiteId',
  'toLocationId',
  'reason',
  'reference',
  'occurredAt',
  'reversesId',
];

/**
 * Posts movements: balances are locked and checked, movements and their entries added, balances changed, all or none.
 * Six statements, however many movements there are.
 */
export async function postMovements(
  work: InventoryWork,
  movements: readonly NewMovement[],
): Promise<queries.MovementRow[]> {
  const withIds = movements.map((movement) => ({ movement, id: newId(), entries: entriesOf(movement) }));
  const changes = withIds.flatMap(({ movement, entries }) =>
    entries.map((entry) => ({ ...entry, id: newId(), allow_negative: movement.item.allow_negative })),
  );
  const balances = await lockBalances(work.trx, work.tenantId, changes).catch(unknownPlace);
  await checkBalances(work, movements, balances);
  const rows = await queries
    .insertMovements(
      work.trx,
      withIds.map(({ movement, id }) => toRow(work, movement, id)),
    )
    .catch(unknownPlace);
  await queries.insertEntries(
    work.trx,
    work.tenantId,
    withIds.flatMap(({ id, movement, entries }) =>
      entries.map((entry, line) => ({ ...entry, movement_id: id, line, occurred_at: movement.occurred_at })),
    ),
  );
  await applyChanges(work.trx, changes);
  const after = new Map(balances.map((balance) => [keyOf(balance), balance.after]));
  for (const [at, row] of rows.entries()) tell(work, row, withIds[at]?.entries ?? [], after);
  return rows;
}

function toRow(work: InventoryWork, movement: NewMovement, id: string) {
  const { item: _, expectedOnHand: __, actor, reverses_id, source, ...columns } = movement;
  return {
    tenant_id: work.tenantId,
    id,
    ...columns,
    actor: JSON.stringify(actor),
    reverses_id: reverses_id ?? null,
    source: source ?? null,
  };
}

/** A foreign key that does not hold: the site, location or lot is not there, or is another site's or item's. */
function unknownPlace(error: unknown): never {
  return mapConstraint(error, {
    balances_tenant_id_site_id_fkey: () => errors.notFound('The site'),
    movements_site_fkey: () => errors.notFound('The site'),
    movements_to_site_fkey: () => errors.notFound('The site that it goes to'),
    movements_location_fkey: () => errors.notFound('The location, at that site,'),
    movements_to_location_fkey: () => errors.notFound('The location that it goes to, at that site,'),
    movements_lot_fkey: () => errors.notFound('The lot, of that item,'),
    movements_reverses_key: () => errors.conflict('This movement has been reversed already.'),
  });
}

async function checkBalances(
  work: InventoryWork,
  movements: readonly NewMovement[],
  balances: readonly LockedBalance[],
): Promise<void> {
  const byKey = new Map(balances.map((balance) => [keyOf(balance), balance]));
  for (const movement of movements) {
    const [entry] = entriesOf(movement);
    const found = entry && byKey.get(keyOf(entry))?.on_hand;
    if (movement.expectedOnHand === undefined || found === undefined) continue;
    if (await sameQuantity(work.trx, found, movement.expectedOnHand)) continue;
    throw errors.conflict(
      `On hand is ${found}, not ${movement.expectedOnHand}: look again before you change it.`,
      { onHand: found },
    );
  }
  if (balances.some((balance) => balance.excessive))
    throw errors.validation([
      { path: '/quantity', message: 'makes the balance greater than a balance can be' },
    ]);
  const short = balances.find((balance) => balance.short);
  if (!short) return;
  const sku = movements.find((movement) => movement.item_id === short.item_id)?.item.sku;
  throw errors.insufficientStock(`There is not enough of ${sku}: ${short.available} available there.`, {
    itemId: short.item_id,
    siteId: short.site_id,
    locationId: orNull(short.location_id),
    lotId: orNull(short.lot_id),
    available: short.available,
    onHand: short.on_hand,
  });
}

/** One audit entry a movement, one event a place. */
function tell(
  work: InventoryWork,
  row: queries.MovementRow,
  entries: readonly Entry[],
  after: ReadonlyMap<string, string>,
): void {
  for (const entry of entries) {
    work.emit(stockMoved, {
      aggregateId: row.id,
      aggregateVersion: 1,
      payload: {
        movementId: row.id,
        itemId: row.item_id,
        siteId: entry.site_id,
        type: row.type,
        quantity: entry.quantity,
        onHand: after.get(keyOf(entry)) ?? '0',
        occurredAt: row.occurred_at.toISOString(),
      },
    });
  }
  work.audit({
    action: row.reverses_id ? 'inventory.movement.reverse' : 'inventory.movement.create',
    target: { type: 'movement', id: row.id },
    changes: changed(null, queries.toMovement(row), audited),
    actor: row.actor as Work<InventoryDb>['caller']['actor'],
  });
}
