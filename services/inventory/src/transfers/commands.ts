import type { CreateTransferBody, Transfer } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { withoutFigures } from '../cycle-counts/blindness.ts';
import { findItems } from '../items/queries.ts';
import { lockGoods } from '../ledger/goods.ts';
import { entriesOf, type NewMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { type Micro, toDecimal, toMicro } from '../ledger/quantity.ts';
import { writePostings } from '../ledger/write.ts';
import { checkActive, checkQuantity } from '../movements/rules.ts';
import { findOpenSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { checkPlan } from './plan.ts';
import * as queries from './queries.ts';
import { checkStep, type Outcome, outcomesOf } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

async function finish(
  work: InventoryWork,
  action: string,
  before: Transfer | null,
  row: queries.TransferRow,
  reason?: string,
): Promise<Transfer> {
  const [after] = (await queries.withLines(work.trx, [row])) as [Transfer];
  work.audit({
    action: `inventory.transfer.${action}`,
    target: { type: 'transfer', id: row.id },
    changes: {
      ...changed(before, after, ['fromSiteId', 'toSiteId', 'status', 'reference', 'lines']),
      ...(reason === undefined ? {} : { reason: { before: null, after: reason } }),
    },
  });
  return after;
}

export async function createTransfer(
  work: InventoryWork,
  body: Static<typeof CreateTransferBody>,
): Promise<Transfer> {
  await checkPlan(work.trx, body);
  const id = newId();
  const tenant_id = work.tenantId;
  const row = await queries.insertTransfer(
    work.trx,
    {
      ...{ tenant_id, id, from_site_id: body.fromSiteId, to_site_id: body.toSiteId },
      ...{ reference: body.reference ?? null, dispatched_at: null },
    },
    body.lines.map((line, no) => ({
      ...{ tenant_id, id: newId(), transfer_id: id, no, item_id: line.itemId, lot_id: line.lotId ?? null },
      ...{ from_location_id: line.fromLocationId ?? null, to_location_id: line.toLocationId ?? null },
      quantity: line.quantity,
    })),
  );
  return finish(work, 'create', null, row);
}

interface Step {
  id: string;
  ifMatch: number | null;
}

async function lockForStep(
  work: InventoryWork,
  step: Parameters<typeof checkStep>[0],
  { id, ifMatch }: Step,
) {
  const row = await queries.lockTransfer(work.trx, id);
  if (!row) throw errors.notFound('Transfer', id);
  checkVersion(row.version, ifMatch);
  checkStep(step, row);
  const [before] = (await queries.withLines(work.trx, [row])) as [Transfer];
  return { row, before, lines: await queries.listLines(work.trx, [id]) };
}

type Leg = NonNullable<NewMovement['leg']>;

interface Leaving {
  line: queries.LineRow;
  quantity: Micro;
}

function legOf(
  work: InventoryWork,
  row: queries.TransferRow,
  leg: Leg,
  { line, quantity }: Leaving,
): NewMovement {
  return {
    ...{ type: 'TRANSFER', leg, item_id: line.item_id, lot_id: line.lot_id, quantity },
    ...{ site_id: row.from_site_id, location_id: line.from_location_id },
    ...{ to_site_id: row.to_site_id, to_location_id: line.to_location_id },
    ...{ reason: null, reference: row.reference, occurred_at: work.now, actor: work.caller.actor },
    source: `transfer ${line.id} ${leg} ${newId()}`,
  };
}

async function post(
  work: InventoryWork,
  row: queries.TransferRow,
  leg: Leg,
  moved: readonly Leaving[],
): Promise<void> {
  const movements = moved.filter(({ quantity }) => quantity > 0n).map((one) => legOf(work, row, leg, one));
  const goods = await lockGoods(work.trx, work.tenantId, movements.flatMap(placesOf));
  if (leg === 'out') for (const { item_id } of movements) checkActive(goods.item(item_id));
  if (leg !== 'back') for (const entry of movements.flatMap(entriesOf)) goods.checkOpen(entry);
  const planned = await withoutFigures(work, () => planPosting(goods, movements));
  await writePostings(work, goods, planned);
}

/** The goods leave: the stock of their site is short of them from now on. */
export async function dispatchTransfer(work: InventoryWork, step: Step): Promise<Transfer> {
  const { row, before, lines } = await lockForStep(work, 'dispatch', step);
  await findOpenSite(work.trx, row.to_site_id);
  const leaving = lines.map((line) => ({ line, quantity: toMicro(line.quantity) }));
  await post(work, row, 'out', leaving);
  await queries.markDispatched(work.trx, row.id);
  const after = await queries.updateTransfer(work.trx, row.id, {
    status: 'in_transit',
    dispatched_at: work.now,
  });
  return finish(work, 'dispatch', before, after);
}

async function checkUnits(work: InventoryWork, outcomes: readonly Outcome[]): Promise<void> {
  const items = await findItems(
    work.trx,
    outcomes.map(({ line }) => line.item_id),
  );
  for (const [at, { line, received, lost }] of outcomes.entries()) {
    const item = items.get(line.item_id);
    if (!item) throw errors.notFound('Item', line.item_id);
    checkQuantity(item, toDecimal(received), `/lines/${at}/quantity`);
    checkQuantity(item, toDecimal(lost), `/lines/${at}/lost`);
  }
}

type Reported = Parameters<typeof outcomesOf>[1];

export async function receiveTransfer(
  work: InventoryWork,
  { reported, ...step }: Step & { reported: Reported },
): Promise<Transfer> {
  const { row, before, lines } = await lockForStep(work, 'receive', step);
  const outcomes = outcomesOf(lines, reported);
  const arriving = outcomes.map(({ line, received }) => ({ line, quantity: received }));
  await checkUnits(work, outcomes);
  await post(work, row, 'in', arriving);
  await queries.addOutcome(work.trx, outcomes.map(toChange));
  const open = (await queries.listLines(work.trx, [row.id])).some((line) => queries.inTransit(line) > 0n);
  const after = await queries.updateTransfer(work.trx, row.id, {
    status: open ? 'in_transit' : 'received',
  });
  return finish(work, 'receive', before, after);
}

const toChange = ({ line, received, lost }: Outcome): queries.LineChange => ({
  id: line.id,
  received: toDecimal(received),
  lost: toDecimal(lost),
  returned: '0',
});

/** What is in transit goes back to where it came from. */
export async function cancelTransfer(
  work: InventoryWork,
  { reason, ...step }: Step & { reason: string | undefined },
): Promise<Transfer> {
  const { row, before, lines } = await lockForStep(work, 'cancel', step);
  const back = lines
    .map((line) => ({ line, quantity: queries.inTransit(line) }))
    .filter(({ quantity }) => quantity > 0n);
  await post(work, row, 'back', back);
  await queries.addOutcome(
    work.trx,
    back.map(({ line, quantity }) => ({
      ...{ id: line.id, received: '0', lost: '0', returned: toDecimal(quantity) },
    })),
  );
  const after = await queries.updateTransfer(work.trx, row.id, { status: 'cancelled' });
  return finish(work, 'cancel', before, after, reason);
}
