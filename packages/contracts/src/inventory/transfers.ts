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
import { ShortText, Text } from './fields.ts';
import { changes, reads } from './kinds.ts';

export const transferStatuses = ['draft', 'in_transit', 'received', 'cancelled'] as const;

/** Goods on their way from one site to another. Of each line: quantity = received + lost + returned + in transit. */
export const Transfer = Type.Object(
  {
    ...ResourceFields,
    fromSiteId: Id,
    toSiteId: Id,
    status: OneOf(transferStatuses),
    reference: Nullable(Type.String()),
    dispatchedAt: Nullable(Timestamp),
    lines: Type.Array(
      Type.Object({
        id: Id,
        itemId: Id,
        lotId: Nullable(Id),
        fromLocationId: Nullable(Id),
        toLocationId: Nullable(Id),
        quantity: Decimal,
        received: Decimal,
        lost: Decimal,
        returned: Decimal,
        inTransit: Decimal,
      }),
    ),
  },
  { $id: 'Transfer' },
);
export type Transfer = Static<typeof Transfer>;

export const CreateTransferBody = Strict({
  fromSiteId: Id,
  toSiteId: Id,
  reference: Type.Optional(ShortText),
  lines: Type.Array(
    Strict({
      itemId: Id,
      quantity: PositiveDecimal,
      lotId: Type.Optional(Id),
      fromLocationId: Type.Optional(Id),
      toLocationId: Type.Optional(Id),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});
export const ReceiveTransferBody = Strict({
  lines: Type.Array(Strict({ lineId: Id, quantity: Type.Optional(Decimal), lost: Type.Optional(Decimal) }), {
    minItems: 1,
    maxItems: 100,
  }),
});
export const CancelTransferBody = Strict({ reason: Type.Optional(Text) });
const params = Strict({ transferId: Id });

export const createTransfer = changes({
  id: 'createTransfer',
  path: '/v1/inventory/transfers',
  summary: 'Plan a transfer to another site',
  body: CreateTransferBody,
  responses: { 201: Transfer },
});

export const listTransfers = reads({
  id: 'listTransfers',
  path: '/v1/inventory/transfers',
  summary: 'List transfers, newest first',
  query: Strict({
    ...ListFields,
    status: Type.Optional(OneOf(transferStatuses)),
    fromSiteId: Type.Optional(Id),
    toSiteId: Type.Optional(Id),
  }),
  responses: { 200: Page(Transfer) },
});

export const getTransfer = reads({
  id: 'getTransfer',
  path: '/v1/inventory/transfers/:transferId',
  summary: 'Read a transfer',
  params,
  responses: { 200: Transfer },
});

export const dispatchTransfer = changes({
  id: 'dispatchTransfer',
  path: '/v1/inventory/transfers/:transferId/dispatch',
  summary: 'Send the goods off: they leave the stock of their site',
  params,
  responses: { 200: Transfer },
});

export const receiveTransfer = changes({
  id: 'receiveTransfer',
  path: '/v1/inventory/transfers/:transferId/receive',
  summary: 'Receive what is in transit, or a part of it, and tell what was lost',
  description: 'Without a body all that is in transit is received.',
  params,
  body: Type.Optional(ReceiveTransferBody),
  responses: { 200: Transfer },
});

export const cancelTransfer = changes({
  id: 'cancelTransfer',
  path: '/v1/inventory/transfers/:transferId/cancel',
  summary: 'Cancel a transfer: what is in transit goes back into the stock that it came from',
  params,
  body: Type.Optional(CancelTransferBody),
  responses: { 200: Transfer },
});
