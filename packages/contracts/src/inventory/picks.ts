import { type Static, Type } from 'typebox';
import { Decimal, Id, Nullable, PositiveDecimal, Strict, Timestamp } from '../scalars.ts';
import { reads } from './kinds.ts';

/** Where to take so much of an item from: first expired, first out; expired lots are left out. */
export const Picks = Type.Object(
  {
    data: Type.Array(
      Type.Object({
        locationId: Nullable(Id),
        lotId: Nullable(Id),
        expiresAt: Nullable(Timestamp),
        available: Decimal,
        quantity: Decimal,
      }),
    ),
    shortage: Decimal,
  },
  { $id: 'Picks' },
);
export type Picks = Static<typeof Picks>;

export const planPicks = reads({
  id: 'planPicks',
  path: '/v1/inventory/picks',
  summary: 'Where to take so much of an item from, soonest expiry first',
  query: Strict({ itemId: Id, siteId: Id, quantity: PositiveDecimal }),
  responses: { 200: Picks },
});
