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

export const productionOrderStatuses = ['draft', 'released', 'completed', 'cancelled'] as const;

/** Makes an item by its bill of materials. Completed once; what was consumed and produced stands in the ledger. */
export const ProductionOrder = Type.Object(
  {
    ...ResourceFields,
    itemId: Id,
    bomId: Id,
    siteId: Id,
    status: OneOf(productionOrderStatuses),
    quantity: Decimal,
    produced: Decimal,
    reference: Nullable(Type.String()),
    completedAt: Nullable(Timestamp),
    lines: Type.Array(Type.Object({ id: Id, itemId: Id, required: Decimal, consumed: Decimal })),
  },
  { $id: 'ProductionOrder' },
);
export type ProductionOrder = Static<typeof ProductionOrder>;

export const CreateProductionOrderBody = Strict({
  bomId: Id,
  siteId: Id,
  quantity: PositiveDecimal,
  reference: Type.Optional(ShortText),
});
export const ConsumeProductionBody = Strict({
  lines: Type.Array(
    Strict({
      lineId: Id,
      quantity: PositiveDecimal,
      locationId: Type.Optional(Id),
      lotId: Type.Optional(Id),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});
export const CompleteProductionBody = Strict({
  quantity: Type.Optional(PositiveDecimal),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  backflush: Type.Optional(
    Type.Boolean({
      description:
        'Consume, soonest expiry first, what the bill asks for the quantity and was not consumed yet.',
    }),
  ),
});
export type CompleteProductionBody = Static<typeof CompleteProductionBody>;
export const CancelProductionBody = Strict({ reason: Type.Optional(Text) });
const params = Strict({ productionOrderId: Id });

export const createProductionOrder = changes({
  id: 'createProductionOrder',
  path: '/v1/inventory/production-orders',
  summary: 'Plan to make an item',
  body: CreateProductionOrderBody,
  responses: { 201: ProductionOrder },
});

export const listProductionOrders = reads({
  id: 'listProductionOrders',
  path: '/v1/inventory/production-orders',
  summary: 'List production orders, newest first',
  query: Strict({
    ...ListFields,
    status: Type.Optional(OneOf(productionOrderStatuses)),
    itemId: Type.Optional(Id),
    siteId: Type.Optional(Id),
  }),
  responses: { 200: Page(ProductionOrder) },
});

export const getProductionOrder = reads({
  id: 'getProductionOrder',
  path: '/v1/inventory/production-orders/:productionOrderId',
  summary: 'Read a production order',
  params,
  responses: { 200: ProductionOrder },
});

export const releaseProductionOrder = changes({
  id: 'releaseProductionOrder',
  path: '/v1/inventory/production-orders/:productionOrderId/release',
  summary: 'Release an order to the shop floor',
  params,
  responses: { 200: ProductionOrder },
});

export const consumeForProduction = changes({
  id: 'consumeForProduction',
  path: '/v1/inventory/production-orders/:productionOrderId/consume',
  summary: 'Take components from stock',
  params,
  body: ConsumeProductionBody,
  responses: { 200: ProductionOrder },
});

export const completeProductionOrder = changes({
  id: 'completeProductionOrder',
  path: '/v1/inventory/production-orders/:productionOrderId/complete',
  summary: 'Complete an order: what was made goes into stock',
  params,
  body: Type.Optional(CompleteProductionBody),
  responses: { 200: ProductionOrder },
});

export const cancelProductionOrder = changes({
  id: 'cancelProductionOrder',
  path: '/v1/inventory/production-orders/:productionOrderId/cancel',
  summary: 'Cancel an order: what was consumed for it goes back into stock',
  params,
  body: Type.Optional(CancelProductionBody),
  responses: { 200: ProductionOrder },
});
