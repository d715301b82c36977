import type { CreateProductionOrderBody, ProductionOrder } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import * as boms from '../boms/queries.ts';
import { requiredFor } from '../boms/rules.ts';
import { findItems } from '../items/queries.ts';
import { postMovements } from '../ledger/post.ts';
import { limit, toDecimal, toMicro } from '../ledger/quantity.ts';
import { reversalOf } from '../movements/commands.ts';
import { listUnreversed, lockReversals } from '../movements/queries.ts';
import { checkActive, checkQuantity } from '../movements/rules.ts';
import { findOpenSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkStep, consumptionOf, type Step } from './rules.ts';

type ProductionWork = Work<InventoryDb>;

export interface StepInput {
  id: string;
  ifMatch: number | null;
}

export async function lockForStep(work: ProductionWork, step: Step, { id, ifMatch }: StepInput) {
  const row = await queries.lockOrder(work.trx, id);
  if (!row) throw errors.notFound('Production order', id);
  checkVersion(row.version, ifMatch);
  checkStep(step, row);
  const [before] = (await queries.withLines(work.trx, [row])) as [ProductionOrder];
  return { row, before, lines: await queries.listLines(work.trx, [id]) };
}

export async function finish(
  work: ProductionWork,
  action: string,
  before: ProductionOrder | null,
  row: queries.OrderRow,
  reason?: string,
): Promise<ProductionOrder> {
  const [after] = (await queries.withLines(work.trx, [row])) as [ProductionOrder];
  const fields = ['itemId', 'bomId', 'siteId', 'status', 'quantity', 'produced', 'reference', 'lines'];
  work.audit({
    action: `inventory.production-order.${action}`,
    target: { type: 'production-order', id: row.id },
    changes: {
      ...changed(before, after, fields),
      ...(reason === undefined ? {} : { reason: { before: null, after: reason } }),
    },
  });
  return after;
}

/** Keeps what its bill asks for now: later changes of the bill do not touch it. */
export async function createOrder(
  work: ProductionWork,
  body: Static<typeof CreateProductionOrderBody>,
): Promise<ProductionOrder> {
  const bom = await boms.findBom(work.trx, body.bomId);
  if (!bom) throw errors.notFound('Bill of materials', body.bomId);
  if (!bom.active)
    throw errors.invalidState({
      what: `Bill of materials ${bom.id}`,
      state: 'inactive',
      allowed: ['active'],
    });
  await findOpenSite(work.trx, body.siteId);
  const parts = (await boms.listLines(work.trx, [bom.id])).get(bom.id) ?? [];
  const items = await findItems(work.trx, [bom.item_id, ...parts.map((part) => part.itemId)]);
  for (const item of items.values()) checkActive(item);
  checkQuantity(items.get(bom.item_id) ?? { sku: '', unit: '' }, body.quantity, '/quantity');
  const wanted = toMicro(body.quantity);
  const ids = { tenant_id: work.tenantId, id: newId() };
  const row = await queries.insertOrder(
    work.trx,
    {
      ...{ ...ids, item_id: bom.item_id, bom_id: bom.id, site_id: body.siteId, quantity: body.quantity },
      ...{ reference: body.reference ?? null, completed_at: null },
    },
    parts.map(({ itemId, quantity }, no) => {
      const required = requiredFor({ quantity, unit: items.get(itemId)?.unit ?? '' }, wanted, bom.quantity);
      if (required >= limit)
        throw errors.validation([{ path: '/quantity', message: 'takes more than a balance can hold' }]);
      return {
        ...{ tenant_id: ids.tenant_id, id: newId(), production_order_id: ids.id, no, item_id: itemId },
        required: toDecimal(required),
      };
    }),
  );
  return finish(work, 'create', null, row);
}

export async function releaseOrder(work: ProductionWork, input: StepInput): Promise<ProductionOrder> {
  const { row, before } = await lockForStep(work, 'release', input);
  return finish(work, 'release', before, await queries.updateOrder(work.trx, row.id, { status: 'released' }));
}

/** What was consumed goes back to where it was taken from, by the reversal of each movement. */
export async function cancelOrder(
  work: ProductionWork,
  { reason, ...input }: StepInput & { reason: string | undefined },
): Promise<ProductionOrder> {
  const { row, before, lines } = await lockForStep(work, 'cancel', input);
  const sources = lines.flatMap(({ id, consumptions }) =>
    Array.from({ length: consumptions }, (_, number) => consumptionOf(id, number)),
  );
  const movements = sources.length > 0 ? await listUnreversed(work.trx, sources) : [];
  await lockReversals(
    work.trx,
    movements.map(({ id }) => id),
  );
  const by = {
    actor: work.caller.actor,
    occurred_at: work.now,
    reason: reason ?? 'Production order cancelled',
  };
  await postMovements(
    work,
    movements.map((movement) => reversalOf(movement, by)),
  );
  await queries.clearConsumed(work.trx, row.id);
  const after = await queries.updateOrder(work.trx, row.id, { status: 'cancelled' });
  return finish(work, 'cancel', before, after, reason);
}
