import { itemChanged } from '@stockade/contracts';
import type { CreateItemBody, Item, UpdateItemBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Insertable } from 'kysely';
import type { Static } from 'typebox';
import { lockItemPolicy } from '../ledger/goods.ts';
import { checkSoon } from '../reorder-rules/checks.ts';
import type { InventoryDb, ItemTable } from '../tables.ts';
import * as queries from './queries.ts';
import { checkConversions, checkQuantities, toConversions } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

const audited = [
  'sku',
  'name',
  'unit',
  'description',
  'barcode',
  'reorderPoint',
  'reorderQuantity',
  'allowNegative',
  'lotTracked',
  'conversions',
  'active',
];
const target = (id: string) => ({ type: 'item', id });

function emitItem(work: InventoryWork, row: queries.ItemRow): void {
  const {
    id: itemId,
    version,
    sku,
    name,
    unit,
    active,
    reorder_point: reorderPoint,
    reorder_quantity: reorderQuantity,
  } = row;
  work.emit(itemChanged, {
    aggregateId: itemId,
    aggregateVersion: version,
    payload: { itemId, sku, name, unit, active, reorderPoint, reorderQuantity },
  });
}

const conflicts = (sku: string | undefined, barcode: string | null | undefined) => ({
  items_sku_key: () => errors.conflict(`There is an item ${sku} already.`, { field: 'sku' }),
  items_barcode_key: () =>
    errors.conflict(`Another item has the barcode ${barcode} already.`, { field: 'barcode' }),
});

export type NewItem = Static<typeof CreateItemBody>;

/** The row of a new item, once what no schema can say of it is checked too. */
export function toNewRow({ tenantId }: InventoryWork, body: NewItem): Insertable<ItemTable> {
  const { reorderPoint, reorderQuantity, allowNegative, lotTracked, conversions = [], ...fields } = body;
  checkQuantities(body.unit, body);
  checkConversions(body.unit, conversions);
  return {
    tenant_id: tenantId,
    id: newId(),
    ...fields,
    reorder_point: reorderPoint ?? null,
    reorder_quantity: reorderQuantity ?? null,
    allow_negative: allowNegative ?? false,
    lot_tracked: lotTracked ?? false,
    conversions: JSON.stringify(toConversions(conversions)),
  };
}

/** What the rest of the system hears of a new item. */
export function tellNew(work: InventoryWork, row: queries.ItemRow): void {
  emitItem(work, row);
  work.audit({
    action: 'inventory.item.create',
    target: target(row.id),
    changes: changed(null, queries.toItem(row), audited),
  });
}

export async function createItem(work: InventoryWork, body: NewItem): Promise<Item> {
  const row = await queries
    .insertItem(work.trx, toNewRow(work, body))
    .catch((error) => mapConstraint(error, conflicts(body.sku, body.barcode)));
  if (row.reorder_point !== null) await checkSoon(work, row.id);
  tellNew(work, row);
  return queries.toItem(row);
}

export async function changeItem(
  work: InventoryWork,
  id: string,
  body: Static<typeof UpdateItemBody>,
  ifMatch: number | null,
): Promise<Item> {
  // Postings under way end first, by the rules that they began with.
  await lockItemPolicy(work.trx, id);
  const before = await queries.lockItem(work.trx, id);
  if (!before) throw errors.notFound('Item', id);
  checkVersion(before.version, ifMatch);
  checkQuantities(before.unit, body);
  const { reorderPoint, reorderQuantity, allowNegative, conversions, ...fields } = body;
  if (conversions) checkConversions(before.unit, conversions);
  const after = await queries
    .updateItem(work.trx, id, {
      ...fields,
      ...(reorderPoint === undefined ? {} : { reorder_point: reorderPoint }),
      ...(reorderQuantity === undefined ? {} : { reorder_quantity: reorderQuantity }),
      ...(allowNegative === undefined ? {} : { allow_negative: allowNegative }),
      ...(conversions ? { conversions: JSON.stringify(toConversions(conversions)) } : {}),
    })
    .catch((error) => mapConstraint(error, conflicts(undefined, body.barcode)));
  if (after.allow_negative !== before.allow_negative) {
    await queries.setNegativePolicy(work.trx, id, after.allow_negative).catch((error) =>
      mapConstraint(error, {
        balances_not_below_zero: () =>
          errors.conflict('Stock of this item is below zero: correct it first.', { field: 'allowNegative' }),
      }),
    );
  }
  const reorderingChanged = [reorderPoint, reorderQuantity, body.active].some((field) => field !== undefined);
  if (reorderingChanged) await checkSoon(work, id);
  emitItem(work, after);
  work.audit({
    action: 'inventory.item.update',
    target: target(id),
    changes: changed(queries.toItem(before), queries.toItem(after), audited),
  });
  return queries.toItem(after);
}
