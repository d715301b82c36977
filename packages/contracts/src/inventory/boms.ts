import { type Static, Type } from 'typebox';
import { Decimal, Id, ListFields, Page, PositiveDecimal, ResourceFields, Strict } from '../scalars.ts';
import { changes, reads } from './kinds.ts';

const Lines = Type.Array(Strict({ itemId: Id, quantity: PositiveDecimal }), { minItems: 1, maxItems: 200 });

/** A bill of materials: what goes into `quantity` of an item. An item has one that is active; none contains itself. */
export const Bom = Type.Object(
  {
    ...ResourceFields,
    itemId: Id,
    quantity: Decimal,
    active: Type.Boolean(),
    lines: Type.Array(Type.Object({ itemId: Id, quantity: Decimal })),
  },
  { $id: 'Bom' },
);
export type Bom = Static<typeof Bom>;

export const CreateBomBody = Strict({ itemId: Id, quantity: Type.Optional(PositiveDecimal), lines: Lines });
export const UpdateBomBody = Strict(
  {
    quantity: Type.Optional(PositiveDecimal),
    active: Type.Optional(Type.Boolean()),
    lines: Type.Optional(Lines),
  },
  { minProperties: 1 },
);
const params = Strict({ bomId: Id });

export const createBom = changes({
  id: 'createBom',
  path: '/v1/inventory/boms',
  summary: 'Add a bill of materials',
  body: CreateBomBody,
  responses: { 201: Bom },
});

export const listBoms = reads({
  id: 'listBoms',
  keptFor: 'tenant',
  path: '/v1/inventory/boms',
  summary: 'List bills of materials, newest first',
  query: Strict({ ...ListFields, itemId: Type.Optional(Id), active: Type.Optional(Type.Boolean()) }),
  responses: { 200: Page(Bom) },
});

export const getBom = reads({
  id: 'getBom',
  keptFor: 'tenant',
  path: '/v1/inventory/boms/:bomId',
  summary: 'Read a bill of materials',
  params,
  responses: { 200: Bom },
});

export const updateBom = changes({
  id: 'updateBom',
  method: 'PATCH',
  path: '/v1/inventory/boms/:bomId',
  summary: 'Change a bill of materials',
  description: 'Production orders keep the lines that they were made with.',
  params,
  body: UpdateBomBody,
  responses: { 200: Bom },
});

export const explodeBom = reads({
  id: 'explodeBom',
  path: '/v1/inventory/boms/:bomId/requirements',
  summary: 'What making so much takes, through all levels',
  params,
  query: Strict({ quantity: Type.Optional(PositiveDecimal) }),
  responses: {
    200: Type.Object({
      data: Type.Array(
        Type.Object({
          itemId: Id,
          level: Type.Integer({ description: 'The deepest level that needs it; 1 is the bill itself.' }),
          quantity: Decimal,
          made: Type.Boolean({ description: 'It has a bill of its own.' }),
        }),
      ),
    }),
  },
});
