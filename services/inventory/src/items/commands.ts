import { itemChanged } from '@stockade/contracts';
import type { CreateItemBody, UpdateItemBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Transaction } from 'kysely';
import type { Static } from 'typebox';
import { allowNegativeBalances, findStockState } from '../balances/queries.ts';
import { plain } from '../movements/quantity.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkItemChange } from './rules.ts';

type InventoryWork = Work<InventoryDb>;
type Fields = Omit<queries.ItemRow, 'id' | 'createdAt' | 'updatedAt' | 'version'>;

export async function addItem(work: InventoryWork, body: Static<typeof CreateItemBody>) {
  const fields: Fields = {
    description: null,
    barcode: null,
    allowNegative: false,
    lotTracked: false,
    active: true,
    ...body,
    reorderPoint: plain(body.reorderPoint ?? null),
    reorderQuantity: plain(body.reorderQuantity ?? null),
  };
  const item = await queries
    .insertItem(work.trx, { tenant_id: work.tenantId, id: newId(), ...toRow(fields) })
    .catch((error) => explain(error, fields));
  tell(work, item, 'create', changed(null, fields));
  return item;
}

export async function changeItem(
  work: InventoryWork,
  { itemId, ifMatch }: { itemId: string; ifMatch: number | null },
  patch: Static<typeof UpdateItemBody>,
) {
  const before = await queries.lockItem(work.trx, itemId);
  checkVersion(before.version, ifMatch);
  const wanted = { ...before, ...patch };
  wanted.reorderPoint = plain(wanted.reorderPoint);
  wanted.reorderQuantity = plain(wanted.reorderQuantity);
  const changes = changed(before, wanted);
  if (Object.keys(changes).length === 0) return before;
  await changeStockRules(work.trx, before, wanted);
  const after = await queries
    .updateItem(work.trx, itemId, toRow(wanted))
    .catch((error) => explain(error, wanted));
  tell(work, after, 'update', changes);
  return after;
}

/** Rules that the item's balances carry along. Postings wait: they hold the item while they work. */
async function changeStockRules(
  trx: Transaction<InventoryDb>,
  before: queries.ItemRow,
  wanted: queries.ItemRow,
): Promise<void> {
  const negative = before.allowNegative !== wanted.allowNegative;
  if (!negative && before.lotTracked === wanted.lotTracked) return;
  checkItemChange(before, wanted, await findStockState(trx, before.id));
  if (negative) await allowNegativeBalances(trx, before.id, wanted.allowNegative);
}

function toRow(fields: Fields) {
  const { sku, name, unit, description, barcode, active } = fields;
  return {
    sku,
    name,
    unit,
    description,
    barcode,
    active,
    reorder_point: fields.reorderPoint,
    reorder_quantity: fields.reorderQuantity,
    allow_negative: fields.allowNegative,
    lot_tracked: fields.lotTracked,
  };
}

function explain(error: unknown, { sku, barcode }: Fields): never {
  return mapConstraint(error, {
    items_sku_key: () => errors.conflict(`There is an item with the SKU ${sku} already.`, { sku }),
    items_barcode_key: () =>
      errors.conflict(`There is an item with the barcode ${barcode} already.`, { barcode }),
  });
}

/** Purchasing keeps a copy of each item. */
function tell(work: InventoryWork, item: queries.ItemRow, verb: 'create' | 'update', changes: Changes): void {
  const { id, sku, name, unit, active, reorderPoint, reorderQuantity, version } = item;
  work.emit(itemChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { itemId: id, sku, name, unit, active, reorderPoint, reorderQuantity },
  });
  work.audit({ action: `inventory.item.${verb}`, target: { type: 'item', id }, changes });
}
