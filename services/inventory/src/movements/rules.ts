import type { CreateMovementBody, MovementType } from '@stockade/contracts/inventory';
import { errors } from '@stockade/service-kit';
import { fitsUnit } from '../items/rules.ts';
import type { Place } from '../tables.ts';
import { toInstant } from '../timestamps.ts';

/** Stands for "no location" and "no lot" in keys. */
export const nilId = '00000000-0000-0000-0000-000000000000';
export const orNil = (id: string | null | undefined): string => id ?? nilId;
export const orNull = (id: string): string | null => (id === nilId ? null : id);

/** How far ahead of ours a caller's clock may be. */
const clockToleranceMs = 5 * 60_000;

export interface Entry extends Place {
  /** Signed. */
  quantity: string;
}

export interface MovementShape {
  type: MovementType;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  quantity: string;
  to_site_id: string | null;
  to_location_id: string | null;
}

export const negate = (quantity: string): string =>
  quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`;
const isZero = (quantity: string) => !/[1-9]/.test(quantity);

/** What a movement does to balances: one entry at its place, and for a transfer the counterpart where it goes to. */
export function entriesOf(movement: MovementShape): Entry[] {
  const { type, item_id, quantity } = movement;
  const lot_id = orNil(movement.lot_id);
  const here = { item_id, site_id: movement.site_id, location_id: orNil(movement.location_id), lot_id };
  if (type === 'TRANSFER') {
    const there = {
      item_id,
      site_id: movement.to_site_id ?? movement.site_id,
      location_id: orNil(movement.to_location_id),
      lot_id,
    };
    return [
      { ...here, quantity: negate(quantity) },
      { ...there, quantity },
    ];
  }
  return [{ ...here, quantity: type === 'ISSUE' ? negate(quantity) : quantity }];
}

interface Policy {
  unit: string;
  active: boolean;
  lot_tracked: boolean;
  sku: string;
}

/** Whether a movement that a caller wants fits its type and its item. Throws a 400 that names each wrong field. */
export function checkMovement(body: CreateMovementBody, item: Policy, now: Date, at = ''): void {
  const problems: { path: string; message: string }[] = [];
  const wrong = (field: string, message: string) => problems.push({ path: `${at}/${field}`, message });
  const { type, quantity, toSiteId, toLocationId, occurredAt } = body;
  if (isZero(quantity)) wrong('quantity', 'must not be zero');
  else if (type !== 'ADJUST' && quantity.startsWith('-'))
    wrong('quantity', 'must be above zero (only ADJUST takes a sign)');
  if (!fitsUnit(item.unit, quantity))
    wrong('quantity', `must be a whole number: ${item.sku} is counted by each`);
  if (type === 'TRANSFER') {
    if (!toSiteId && !toLocationId)
      wrong('toSiteId', 'is required for a TRANSFER, or toLocationId within the same site');
    else if ((toSiteId ?? body.siteId) === body.siteId && toLocationId === body.locationId) {
      wrong('toLocationId', 'must be another place than where it comes from');
    }
  } else if (toSiteId || toLocationId) {
    wrong(toSiteId ? 'toSiteId' : 'toLocationId', 'is for a TRANSFER only');
  }
  if (item.lot_tracked && !body.lotId) wrong('lotId', `is required: ${item.sku} is tracked by lot`);
  if (!item.lot_tracked && body.lotId) wrong('lotId', `is not possible: ${item.sku} is not tracked by lot`);
  if (
    occurredAt !== undefined &&
    toInstant(occurredAt, `${at}/occurredAt`).getTime() > now.getTime() + clockToleranceMs
  )
    wrong('occurredAt', 'is in the future');
  if (problems.length > 0) throw errors.validation(problems);
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
