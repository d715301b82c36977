import { type Static, Type } from 'typebox';
import {
  Decimal,
  Id,
  ListFields,
  Nullable,
  OneOf,
  Page,
  PositiveDecimal,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { ShortText } from './fields.ts';
import { changes, reads } from './kinds.ts';

export const reservationStatuses = ['open', 'consumed', 'released', 'expired'] as const;

/** Stock that is promised. It is taken from definite places when it is made, soonest expiry first. */
export const Reservation = Type.Object(
  {
    ...ResourceFields,
    itemId: Id,
    siteId: Id,
    quantity: Decimal,
    consumed: Decimal,
    status: OneOf(reservationStatuses),
    reference: Nullable(Type.String()),
    expiresAt: Nullable(Timestamp),
    allocations: Type.Union(
      [
        Type.Array(Type.Object({ locationId: Nullable(Id), lotId: Nullable(Id), quantity: Decimal })),
        Type.Null(),
      ],
      {
        description:
          'Where it is held, what was consumed or released taken off. Null for who counts stock of the item at the site.',
      },
    ),
  },
  { $id: 'Reservation' },
);
export type Reservation = Static<typeof Reservation>;

export const CreateReservationBody = Strict({
  itemId: Id,
  siteId: Id,
  quantity: PositiveDecimal,
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  reference: Type.Optional(ShortText),
  expiresAt: Type.Optional(Timestamp),
});
export const ConsumeReservationBody = Strict({
  quantity: Type.Optional(PositiveDecimal),
  reference: Type.Optional(ShortText),
});
const params = Strict({ reservationId: Id });

export const createReservation = changes({
  id: 'createReservation',
  path: '/v1/inventory/reservations',
  summary: 'Reserve stock of an item at a site',
  description: 'Never more than is available, however many ask at once: 409 `INSUFFICIENT_STOCK`.',
  body: CreateReservationBody,
  responses: { 201: Reservation },
});

export const listReservations = reads({
  id: 'listReservations',
  path: '/v1/inventory/reservations',
  summary: 'List reservations, newest first',
  query: Strict({
    ...ListFields,
    itemId: Type.Optional(Id),
    siteId: Type.Optional(Id),
    status: Type.Optional(OneOf(reservationStatuses)),
    reference: Type.Optional(ShortText),
  }),
  responses: { 200: Page(Reservation) },
});

export const getReservation = reads({
  id: 'getReservation',
  path: '/v1/inventory/reservations/:reservationId',
  summary: 'Read a reservation',
  params,
  responses: { 200: Reservation },
});

export const releaseReservation = changes({
  id: 'releaseReservation',
  path: '/v1/inventory/reservations/:reservationId/release',
  summary: 'Give reserved stock free again',
  params,
  responses: { 200: Reservation },
});

export const consumeReservation = changes({
  id: 'consumeReservation',
  path: '/v1/inventory/reservations/:reservationId/consume',
  summary: 'Issue what was reserved, or a part of it',
  params,
  body: Type.Optional(ConsumeReservationBody),
  responses: { 200: Reservation },
});
