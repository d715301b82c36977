import { itemChanged } from '@stockade/contracts';
import type { CreateItemBody, Item, UpdateItemBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkQuantities } from './rules.ts';

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

export async function createItem(work: InventoryWork, body: Static<typeof CreateItemBody>): Promise<Item> {
  const { reorderPoint, reorderQuantity, allowNegative, lotTracked, ...fields } = body;
  checkQuantities(body.unit, body);
  const row = await queries
    .insertItem(work.trx, {
      tenant_id: work.tenantId,
      id: newId(),
      ...fields,
      reorder_point: reorderPoint ?? null,
      reorder_quantity: reorderQuantity ?? null,
      allow_negative: allowNegative ?? false,
      lot_tracked: lotTracked ?? false,
    })
    .catch((error) => mapConstraint(error, conflicts(body.sku, body.barcode)));
  emitItem(work, row);
  work.audit({
    action: 'inventory.item.create',
    target: target(row.id),
    changes: changed(null, queries.toItem(row), audited),
  });
  return queries.toItem(row);
}

export async function changeItem(
  work: InventoryWork,
  id: string,
  body: Static<typeof UpdateItemBody>,
  ifMatch: number | null,
): Promise<Item> {
  const before = await queries.lockItem(work.trx, id);
  if (!before) throw errors.notFound('Item', id);
  checkVersion(before.version, ifMatch);
  checkQuantities(before.unit, body);
  const { reorderPoint, reorderQuantity, allowNegative, ...fields } = body;
  const after = await queries
    .updateItem(work.trx, id, {
      ...fields,
      ...(reorderPoint === undefined ? {} : { reorder_point: reorderPoint }),
      ...(reorderQuantity === undefined ? {} : { reorder_quantity: reorderQuantity }),
      ...(allowNegative === undefined ? {} : { allow_negative: allowNegative }),
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
  emitItem(work, after);
  work.audit({
    action: 'inventory.item.update',
    target: target(id),
    changes: changed(queries.toItem(before), queries.toItem(after), audited),
  });
  return queries.toItem(after);
}
