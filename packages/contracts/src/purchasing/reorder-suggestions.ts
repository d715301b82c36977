import { type Static, Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import {
  Currency,
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
import { Person, Reason } from './fields.ts';

const service = 'purchasing';
const path = '/v1/purchasing/reorder-suggestions';

export const suggestionStatuses = ['open', 'ordered', 'dismissed', 'obsolete'] as const;

/** Stock fell below its reorder point. One is open for an item at a site (or in all) at a time. */
export const ReorderSuggestion = Type.Object(
  {
    ...ResourceFields,
    itemId: Id,
    siteId: Nullable(Id),
    status: OneOf(suggestionStatuses),
    reorderPoint: Decimal,
    quantity: Decimal,
    onOrder: Type.String({ description: 'What is on its way already, in approved orders.' }),
    lastOrder: Nullable(
      Type.Object(
        { supplierId: Id, siteId: Id, currency: Currency, unitPrice: Decimal },
        { description: 'How the item was ordered last: what an order takes when it is not told otherwise.' },
      ),
    ),
    purchaseOrderId: Nullable(Id),
    decidedBy: Nullable(Person),
    decidedAt: Nullable(Timestamp),
    reason: Nullable(Type.String()),
  },
  { $id: 'ReorderSuggestion' },
);
export type ReorderSuggestion = Static<typeof ReorderSuggestion>;

export const OrderSuggestionBody = Strict({
  supplierId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  currency: Type.Optional(Currency),
  quantity: Type.Optional(PositiveDecimal),
  unitPrice: Type.Optional(Decimal),
  expectedAt: Type.Optional(Timestamp),
});
export type OrderSuggestionBody = Static<typeof OrderSuggestionBody>;
export const DismissSuggestionBody = Strict({ reason: Reason });
const params = Strict({ suggestionId: Id });

export const listReorderSuggestions = defineOperation({
  id: 'listReorderSuggestions',
  isReport: true,
  service,
  method: 'GET',
  path,
  summary: 'List reorder suggestions, newest first',
  access: 'purchasing:read',
  tier: 'READ',
  query: Strict({
    ...ListFields,
    status: Type.Optional(OneOf(suggestionStatuses)),
    itemId: Type.Optional(Id),
    siteId: Type.Optional(Id),
  }),
  responses: { 200: Page(ReorderSuggestion) },
});

export const getReorderSuggestion = defineOperation({
  id: 'getReorderSuggestion',
  service,
  method: 'GET',
  path: `${path}/:suggestionId`,
  summary: 'Read a reorder suggestion',
  access: 'purchasing:read',
  tier: 'READ',
  params,
  responses: { 200: ReorderSuggestion },
});

export const orderReorderSuggestion = defineOperation({
  id: 'orderReorderSuggestion',
  service,
  method: 'POST',
  path: `${path}/:suggestionId/order`,
  summary: 'Make a draft order of a suggestion',
  description: 'What is not told is taken from the last order of the item.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params,
  body: Type.Optional(OrderSuggestionBody),
  responses: { 200: ReorderSuggestion },
});

export const dismissReorderSuggestion = defineOperation({
  id: 'dismissReorderSuggestion',
  service,
  method: 'POST',
  path: `${path}/:suggestionId/dismiss`,
  summary: 'Dismiss a suggestion: the next comes when stock was enough and falls again',
  access: 'purchasing:write',
  tier: 'WRITE',
  params,
  body: DismissSuggestionBody,
  responses: { 200: ReorderSuggestion },
});

export const suggestionOperations = [
  listReorderSuggestions,
  getReorderSuggestion,
  orderReorderSuggestion,
  dismissReorderSuggestion,
] as const;
