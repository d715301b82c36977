import type {
  CompleteProductionBody,
  ConsumeProductionBody,
  ProductionOrder,
} from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { countingOf, withoutFigures } from '../cycle-counts/blindness.ts';
import { type Goods, lockGoods } from '../ledger/goods.ts';
import { orNull } from '../ledger/place.ts';
import { type NewMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { type Micro, toDecimal, toMicro } from '../ledger/quantity.ts';
import { writePostings } from '../ledger/write.ts';
import { checkActive, checkLot, checkQuantity } from '../movements/rules.ts';
import { pick } from '../picks/rules.ts';
import { listPickable, type Pickable } from '../picks/stock.ts';
import type { InventoryDb } from '../tables.ts';
import { finish, lockForStep, type StepInput } from './commands.ts';
import * as queries from './queries.ts';
import { consumptionOf, outputOf, toBackflush } from './rules.ts';

type ProductionWork = Work<InventoryDb>;

interface Taken {
  line: queries.LineRow;
  quantity: Micro;
  location_id: string | null;
  lot_id: string | null;
}

const common = (work: ProductionWork, { site_id, reference }: queries.OrderRow) => ({
  ...{ site_id, reference, to_site_id: null, to_location_id: null, reason: 'Production' },
  ...{ occurred_at: work.now, actor: work.caller.actor },
});

/** One CONSUME for each place that something is taken from, numbered on from those that a line has. */
function consumptions(work: ProductionWork, order: queries.OrderRow, taken: readonly Taken[]): NewMovement[] {
  const numbers = new Map(taken.map(({ line }) => [line.id, line.consumptions]));
  return taken.map(({ line, quantity, location_id, lot_id }) => {
    const number = numbers.get(line.id) ?? 0;
    numbers.set(line.id, number + 1);
    return {
      ...common(work, order),
      ...{ type: 'CONSUME', item_id: line.item_id, quantity, location_id, lot_id },
      source: consumptionOf(line.id, number),
    };
  });
}

const asConsumed = (taken: readonly Taken[]) =>
  [...Map.groupBy(taken, ({ line }) => line.id)].map(([id, parts]) => ({
    id,
    quantity: toDecimal(parts.reduce((sum, { quantity }) => sum + quantity, 0n)),
    movements: parts.length,
  }));

/** Takes components from the places that are named. */
export async function consume(
  work: ProductionWork,
  { body, ...input }: StepInput & { body: Static<typeof ConsumeProductionBody> },
): Promise<ProductionOrder> {
  const { row, before, lines } = await lockForStep(work, 'consume', input);
  const byId = new Map(lines.map((line) => [line.id, line]));
  const taken = body.lines.map(({ lineId, quantity, locationId, lotId }): Taken => {
    const line = byId.get(lineId);
    if (!line) throw errors.notFound('Line', lineId);
    return { line, quantity: toMicro(quantity), location_id: locationId ?? null, lot_id: lotId ?? null };
  });
  const movements = consumptions(work, row, taken);
  const goods = await lockGoods(work.trx, work.tenantId, movements.flatMap(placesOf));
  for (const [at, line] of body.lines.entries()) {
    const item = goods.item(taken[at]?.line.item_id ?? '');
    checkActive(item);
    checkQuantity(item, line.quantity, `/lines/${at}/quantity`);
    checkLot(item, line.lotId, `/lines/${at}/lotId`);
  }
  for (const place of movements.flatMap(placesOf)) goods.checkOpen(place);
  const planned = await withoutFigures(work, () => planPosting(goods, movements));
  await writePostings(work, goods, planned);
  await queries.addConsumed(work.trx, asConsumed(taken));
  return finish(work, 'consume', before, await queries.updateOrder(work.trx, row.id, {}));
}

/** What was made goes into stock. With backflush, what it took is taken, soonest expiry first, in the same posting. */
export async function complete(
  work: ProductionWork,
  { body, ...input }: StepInput & { body: CompleteProductionBody },
): Promise<ProductionOrder> {
  const { row, before, lines } = await lockForStep(work, 'complete', input);
  const made = toMicro(body.quantity ?? row.quantity);
  const output: NewMovement = {
    ...common(work, row),
    ...{ type: 'PRODUCE', item_id: row.item_id, quantity: made },
    ...{ location_id: body.locationId ?? null, lot_id: body.lotId ?? null, source: outputOf(row.id) },
  };
  const itemIds = lines.map((line) => line.item_id);
  const stock = body.backflush
    ? await listPickable(work.trx, { itemIds, siteId: row.site_id }, work.now)
    : [];
  const goods = await lockGoods(work.trx, work.tenantId, [...placesOf(output), ...stock]);
  const item = goods.item(row.item_id);
  checkActive(item);
  checkQuantity(item, toDecimal(made), '/quantity');
  checkLot(item, body.lotId, '/lotId');
  const taken = body.backflush ? await backflush(work, goods, { row, lines, stock, made }) : [];
  const movements = [...consumptions(work, row, taken), output];
  for (const place of movements.flatMap(placesOf)) goods.checkOpen(place);
  const planned = await withoutFigures(work, () => planPosting(goods, movements));
  await writePostings(work, goods, planned);
  await queries.addConsumed(work.trx, asConsumed(taken));
  const after = await queries.updateOrder(work.trx, row.id, {
    ...{ status: 'completed', produced: toDecimal(made), completed_at: work.now },
  });
  return finish(work, 'complete', before, after);
}

interface Making {
  row: queries.OrderRow;
  lines: readonly queries.LineRow[];
  stock: readonly Pickable[];
  made: Micro;
}

async function backflush(
  work: ProductionWork,
  goods: Goods,
  { row, lines, stock, made }: Making,
): Promise<Taken[]> {
  // What was there when it was looked for may have gone until it was locked.
  const locked = stock.map((place) => {
    const { onHand, reserved } = goods.balance(place);
    return { ...place, available: onHand - reserved };
  });
  // What is taken where would tell what is there.
  const counting = await countingOf(work.trx, work.caller);
  if (lines.some((line) => counting?.touches({ itemId: line.item_id, siteId: row.site_id })))
    throw errors.conflict(
      'You are counting stock that this takes from: let somebody else complete the order.',
    );
  return lines.flatMap((line) => {
    const item = goods.findItem(line.item_id);
    if (item) checkActive(item);
    const unit = item?.unit ?? '';
    const needed = toBackflush(line, unit, { made, planned: toMicro(row.quantity) });
    const { picks, shortage } = pick(
      locked.filter(({ item_id }) => item_id === line.item_id),
      needed,
    );
    if (shortage > 0n) {
      throw errors.insufficientStock(
        `There is not enough of ${item?.sku ?? `item ${line.item_id}`} to make this: ${toDecimal(needed)} needed.`,
        {
          itemId: line.item_id,
          siteId: row.site_id,
          needed: toDecimal(needed),
          available: toDecimal(needed - shortage),
        },
      );
    }
    return picks.map(
      ({ from, quantity }): Taken => ({
        ...{ line, quantity, location_id: orNull(from.location_id), lot_id: orNull(from.lot_id) },
      }),
    );
  });
}
