import { type Static, Type } from 'typebox';
import { Decimal, Id, ListFields, Page, PositiveDecimal, ResourceFields, Strict } from '../scalars.ts';
import { changes, reads } from './kinds.ts';

/** When an item is ordered again at one site; beside the item's own reorder point, which counts all sites together. */
export const ReorderRule = Type.Object(
  {
    ...ResourceFields,
    itemId: Id,
    siteId: Id,
    reorderPoint: Decimal,
    reorderQuantity: Decimal,
    active: Type.Boolean(),
  },
  { $id: 'ReorderRule' },
);
export type ReorderRule = Static<typeof ReorderRule>;

export const CreateReorderRuleBody = Strict({
  itemId: Id,
  siteId: Id,
  reorderPoint: Decimal,
  reorderQuantity: PositiveDecimal,
});
export const UpdateReorderRuleBody = Strict(
  {
    reorderPoint: Type.Optional(Decimal),
    reorderQuantity: Type.Optional(PositiveDecimal),
    active: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);
const params = Strict({ ruleId: Id });

export const createReorderRule = changes({
  id: 'createReorderRule',
  path: '/v1/inventory/reorder-rules',
  summary: 'Say when an item is ordered again at a site',
  body: CreateReorderRuleBody,
  responses: { 201: ReorderRule },
});

export const listReorderRules = reads({
  id: 'listReorderRules',
  path: '/v1/inventory/reorder-rules',
  summary: 'List reorder rules, newest first',
  query: Strict({
    ...ListFields,
    itemId: Type.Optional(Id),
    siteId: Type.Optional(Id),
    active: Type.Optional(Type.Boolean()),
  }),
  responses: { 200: Page(ReorderRule) },
});

export const getReorderRule = reads({
  id: 'getReorderRule',
  path: '/v1/inventory/reorder-rules/:ruleId',
  summary: 'Read a reorder rule',
  params,
  responses: { 200: ReorderRule },
});

export const updateReorderRule = changes({
  id: 'updateReorderRule',
  method: 'PATCH',
  path: '/v1/inventory/reorder-rules/:ruleId',
  summary: 'Change or end a reorder rule',
  params,
  body: UpdateReorderRuleBody,
  responses: { 200: ReorderRule },
});
