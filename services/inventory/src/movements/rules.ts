import type { CreateMovementBody } from '@stockade/contracts/inventory';
import { errors, type FieldProblem, toInstant } from '@stockade/service-kit';
import { conversionOf, fitsUnit } from '../items/rules.ts';
import type { GoodsItem } from '../ledger/goods.ts';
import { abs, convert, limit, type Micro, toMicro } from '../ledger/quantity.ts';

/** How far ahead of ours a caller's clock may be. */
const clockToleranceMs = 5 * 60_000;

export type Policy = Pick<GoodsItem, 'sku' | 'unit' | 'active' | 'lot_tracked'> &
  Partial<Pick<GoodsItem, 'conversions'>>;

/** The quantity in the item's own unit. Wrong units and what cannot be exact are added to the problems. */
export function inOwnUnit(
  item: Policy,
  { quantity, unit }: { quantity: string; unit?: string },
  wrong: (field: string, message: string) => void,
): Micro {
  const given = toMicro(quantity);
  if (unit === undefined || unit === item.unit) {
    if (!fitsUnit(item.unit, quantity))
      wrong('quantity', `must be a whole number: ${item.sku} is counted by each`);
    return given;
  }
  const ratio = conversionOf(item, unit);
  if (!ratio) {
    wrong('unit', `is none of ${item.sku}: it is kept in ${item.unit}`);
    return given;
  }
  const own = convert(given, ratio);
  if (own === null) wrong('quantity', `is no exact number of ${item.unit} with at most 6 decimals`);
  else if (abs(own) >= limit) wrong('quantity', `is more ${item.unit} than a balance can hold`);
  else if (item.unit === 'each' && own % 1_000_000n !== 0n)
    wrong('quantity', `is no whole number of ${item.sku}, which is counted by each`);
  return own ?? given;
}

function checkPlaces(body: CreateMovementBody, wrong: (field: string, message: string) => void): void {
  const { type, toSiteId, toLocationId } = body;
  if (type !== 'TRANSFER') {
    if (toSiteId || toLocationId) wrong(toSiteId ? 'toSiteId' : 'toLocationId', 'is for a TRANSFER only');
  } else if (!toSiteId && !toLocationId)
    wrong('toSiteId', 'is required for a TRANSFER, or toLocationId within the same site');
  else if ((toSiteId ?? body.siteId) === body.siteId && toLocationId === body.locationId)
    wrong('toLocationId', 'must be another place than where it comes from');
}

/**
 * Whether a movement that a caller wants fits its type and its item, and its quantity in the item's unit. Throws a
 * 400 that names each wrong field; `at` says where in the body the movement stands, `isHeld` that it takes
 * from the holding location.
 */
export function checkMovement(
  body: CreateMovementBody,
  item: Policy,
  now: Date,
  { at = '', isHeld = false }: { at?: string; isHeld?: boolean } = {},
): Micro {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, message: string) => problems.push({ path: `${at}/${field}`, message });
  const { type, occurredAt } = body;
  const quantity = inOwnUnit(item, body, wrong);
  if (quantity === 0n) wrong('quantity', 'must not be zero');
  else if (type !== 'ADJUST' && quantity < 0n)
    wrong('quantity', 'must be above zero (only ADJUST takes a sign)');
  checkPlaces(body, wrong);
  // Goods are held without a lot when their receipt named none, or in pieces that cannot be: they have to get out again.
  const taken = type === 'ISSUE' || (type === 'ADJUST' && quantity < 0n);
  if (item.lot_tracked && !body.lotId && !(isHeld && taken))
    wrong('lotId', `is required: ${item.sku} is tracked by lot`);
  if (!item.lot_tracked && body.lotId) wrong('lotId', `is not possible: ${item.sku} is not tracked by lot`);
  if (
    occurredAt !== undefined &&
    toInstant(occurredAt, `${at}/occurredAt`).getTime() > now.getTime() + clockToleranceMs
  )
    wrong('occurredAt', 'is in the future');
  if (problems.length > 0) throw errors.validation(problems);
  checkActive(item);
  return quantity;
}

/** A quantity that is given in the item's own unit: 400 when its unit does not have such. */
export function checkQuantity(
  { sku, unit }: Pick<Policy, 'sku' | 'unit'>,
  quantity: string,
  path: string,
): void {
  if (!fitsUnit(unit, quantity))
    throw errors.validation([{ path, message: `must be a whole number: ${sku} is counted by each` }]);
}

/** An item that is tracked by lot needs one, any other has none. */
export function checkLot(
  { sku, lot_tracked }: Pick<Policy, 'sku' | 'lot_tracked'>,
  lotId: string | undefined,
  path: string,
): void {
  if (lot_tracked === (lotId !== undefined)) return;
  const message = lot_tracked
    ? `is required: ${sku} is tracked by lot`
    : `is not possible: ${sku} is not tracked by lot`;
  throw errors.validation([{ path, message }]);
}

export function checkActive(item: Policy): void {
  if (!item.active)
    throw errors.invalidState({ what: `Item ${item.sku}`, state: 'inactive', allowed: ['active'] });
}

interface ReceivedGoods {
  quantity: string;
  /** `none`: no lot was named; undefined: there is no such lot. */
  lot: { item_id: string } | 'none' | undefined;
}

/** Why goods that arrived have to be looked at by a person, or null when they can go into stock. */
export function holdingReason(item: Policy & { id: string }, received: ReceivedGoods): string | null {
  const { quantity, lot } = received;
  if (!item.active) return `${item.sku} is inactive`;
  if (!fitsUnit(item.unit, quantity)) return `${item.sku} is counted by each, and ${quantity} was received`;
  if (lot === 'none')
    return item.lot_tracked ? `${item.sku} is tracked by lot, and the receipt names none` : null;
  if (!item.lot_tracked) return `${item.sku} is not tracked by lot, and the receipt names one`;
  return lot?.item_id === item.id ? null : `the lot that the receipt names is not one of ${item.sku}`;
}
