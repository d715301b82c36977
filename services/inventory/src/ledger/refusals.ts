import { errors, ServiceError } from '@stockade/service-kit';
import type { Place } from '../tables.ts';
import type { GoodsBalance } from './goods.ts';
import { orNull } from './place.ts';
import { toDecimal } from './quantity.ts';

/** The stock at a place does not allow what is wanted. It tells what is there; `blind` does not. */
export class StockRefusal extends ServiceError {
  readonly place: Place;
  readonly blind: ServiceError;
  /** All places of the posting, when it was more than one movement. */
  together: readonly Place[] | null = null;

  constructor(place: Place, shown: ServiceError, blind: ServiceError) {
    super(shown.code, shown.message, shown.details);
    this.place = place;
    this.blind = blind;
  }
}

const named = ({ item_id, site_id, location_id, lot_id }: Place) => ({
  itemId: item_id,
  siteId: site_id,
  locationId: orNull(location_id),
  lotId: orNull(lot_id),
});

export function unexpectedOnHand(balance: GoodsBalance, expected: string): StockRefusal {
  const onHand = toDecimal(balance.onHand);
  return new StockRefusal(
    balance,
    errors.conflict(`On hand is ${onHand}, not ${expected}: look again before you change it.`, {
      ...named(balance),
      onHand,
    }),
    errors.conflict('On hand is not what you expect.', named(balance)),
  );
}

export function tooMuch(balance: GoodsBalance): StockRefusal {
  const shown = errors.validation([
    { path: '/quantity', message: 'makes the balance greater than a balance can be' },
  ]);
  return new StockRefusal(balance, shown, shown);
}

export function notEnough(balance: GoodsBalance, sku: string): StockRefusal {
  const available = toDecimal(balance.onHand - balance.reserved);
  return new StockRefusal(
    balance,
    errors.insufficientStock(`There is not enough of ${sku}: ${available} available there.`, {
      ...named(balance),
      available,
      onHand: toDecimal(balance.onHand),
    }),
    errors.insufficientStock(`There is not enough of ${sku} there.`, named(balance)),
  );
}
