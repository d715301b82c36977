import type { MovementType } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import type { Actor, Place } from '../tables.ts';
import type { Goods, GoodsBalance } from './goods.ts';
import { orNil } from './place.ts';
import { abs, limit, type Micro, toMicro } from './quantity.ts';
import { notEnough, StockRefusal, tooMuch, unexpectedOnHand } from './refusals.ts';

export interface MovementShape {
  type: MovementType;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  /** In the item's own unit. */
  quantity: Micro;
  to_site_id: string | null;
  to_location_id: string | null;
  /** Of a transfer by way of transit: out of its site, into the other, or back. */
  leg?: 'out' | 'in' | 'back';
}

/** A movement that was checked and can be posted. */
export interface NewMovement extends MovementShape {
  reason: string | null;
  reference: string | null;
  occurred_at: Date;
  actor: Actor;
  reverses_id?: string;
  source?: string;
  entered?: { quantity: string; unit: string } | undefined;
  expectedOnHand?: string | undefined;
  /** So much of what is reserved at its place is given up with it. */
  unreserve?: Micro;
}

export interface Entry extends Place {
  /** Signed. */
  quantity: Micro;
}

const incoming: ReadonlySet<MovementType> = new Set(['RECEIVE', 'PRODUCE', 'ADJUST', 'COUNT']);

/** What a movement does to balances: one entry at its place, and for a direct transfer the counterpart where it goes to. */
export function entriesOf(movement: MovementShape): Entry[] {
  const { type, item_id, quantity, leg } = movement;
  const lot_id = orNil(movement.lot_id);
  const here = { item_id, site_id: movement.site_id, location_id: orNil(movement.location_id), lot_id };
  if (type !== 'TRANSFER') return [{ ...here, quantity: incoming.has(type) ? quantity : -quantity }];
  const there = {
    item_id,
    site_id: movement.to_site_id ?? movement.site_id,
    location_id: orNil(movement.to_location_id),
    lot_id,
  };
  const out = { ...here, quantity: -quantity };
  const into = { ...there, quantity };
  if (leg === 'out') return [out];
  if (leg === 'in') return [into];
  if (leg === 'back') return [{ ...here, quantity }];
  return [out, into];
}

/** The places that a movement concerns, without knowing anything of its item. */
export const placesOf = (movement: MovementShape): Place[] =>
  entriesOf(movement).map(({ quantity: _, ...place }) => place);

export interface PlannedEntry {
  balance: GoodsBalance;
  quantity: Micro;
}

export interface PlannedMovement {
  id: string;
  movement: NewMovement;
  entries: PlannedEntry[];
}

function apply(goods: Goods, entry: PlannedEntry, unreserve: Micro): void {
  const { balance, quantity } = entry;
  const after = balance.onHand + quantity;
  if (abs(after) >= limit) throw tooMuch(balance);
  if (!balance.allowNegative && quantity < 0n && after < balance.reserved - unreserve)
    throw notEnough(balance, goods.item(balance.item_id).sku);
  balance.onHand = after;
  balance.reserved -= unreserve;
}

/**
 * Judges movements one after the other, in the order given, and keeps what they leave in `goods`. Throws what a
 * caller may be told when one cannot be; then none of them has left anything behind. Their places are looked up before
 * the first is judged: which error comes first must not tell what is on hand.
 */
export function planPosting(goods: Goods, movements: readonly NewMovement[]): PlannedMovement[] {
  const planned = movements.map((movement) => ({
    id: newId(),
    movement,
    entries: entriesOf(movement).map(({ quantity, ...place }) => ({
      balance: goods.balance(place),
      quantity,
    })),
  }));
  const before: { balance: GoodsBalance; onHand: Micro; reserved: Micro }[] = [];
  try {
    for (const { movement, entries } of planned) {
      const { expectedOnHand } = movement;
      const [first] = entries;
      if (first && expectedOnHand !== undefined && first.balance.onHand !== toMicro(expectedOnHand))
        throw unexpectedOnHand(first.balance, expectedOnHand);
      for (const entry of entries) {
        const { balance } = entry;
        before.push({ balance, onHand: balance.onHand, reserved: balance.reserved });
        apply(goods, entry, entry === first ? (movement.unreserve ?? 0n) : 0n);
      }
    }
    return planned;
  } catch (error) {
    for (const { balance, ...was } of before.reverse()) Object.assign(balance, was);
    if (error instanceof StockRefusal && movements.length > 1) error.together = movements.flatMap(placesOf);
    throw error;
  }
}
