import { type Static, Type } from 'typebox';
import {
  Code,
  Decimal,
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  SignedDecimal,
  Strict,
  Timestamp,
} from '../scalars.ts';

/** Units that stock is counted in. Of `each` there are whole numbers only. */
export const units = ['each', 'kg', 'g', 'l', 'm', 'm2', 'box', 'pallet'] as const;
export type Unit = (typeof units)[number];

/** A stock keeping unit's name: unique in its tenant. */
export const Sku = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', examples: ['BRKT-80'] });
const Barcode = Type.String({ pattern: '^[\\x21-\\x7e]{1,64}$' });
const Text = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });
const Description = Type.String({ maxLength: 2000 });
const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'IANA name',
  examples: ['Europe/Berlin'],
});
const ActiveFilter = Type.Optional(Type.Boolean());

export const Site = Type.Object(
  {
    ...ResourceFields,
    code: Type.String(),
    name: Type.String(),
    timeZone: Type.String(),
    active: Type.Boolean(),
  },
  { $id: 'Site' },
);
export type Site = Static<typeof Site>;
export const CreateSiteBody = Strict({ code: Code, name: Name, timeZone: Type.Optional(TimeZone) });
export const UpdateSiteBody = Strict(
  { name: Type.Optional(Name), timeZone: Type.Optional(TimeZone), active: Type.Optional(Type.Boolean()) },
  { minProperties: 1 },
);
export const SiteParams = Strict({ siteId: Id });
export const SiteListQuery = Strict({ ...ListFields, code: Type.Optional(Code), active: ActiveFilter });
export const SitePage = Page(Site);

/** Goods that arrived but cannot be put away as they are wait in the site's location of this code. */
export const holdingLocationCode = 'HOLDING';

export const Location = Type.Object(
  {
    ...ResourceFields,
    siteId: Id,
    code: Type.String(),
    name: Nullable(Type.String()),
    active: Type.Boolean(),
  },
  { $id: 'Location' },
);
export type Location = Static<typeof Location>;
export const CreateLocationBody = Strict({ siteId: Id, code: Code, name: Type.Optional(Name) });
export const UpdateLocationBody = Strict(
  { name: Type.Optional(Nullable(Name)), active: Type.Optional(Type.Boolean()) },
  { minProperties: 1 },
);
export const LocationParams = Strict({ locationId: Id });
export const LocationListQuery = Strict({
  ...ListFields,
  siteId: Type.Optional(Id),
  code: Type.Optional(Code),
  active: ActiveFilter,
});
export const LocationPage = Page(Location);

export const Item = Type.Object(
  {
    ...ResourceFields,
    sku: Type.String(),
    name: Type.String(),
    unit: OneOf(units),
    description: Nullable(Type.String()),
    barcode: Nullable(Type.String()),
    reorderPoint: Nullable(Decimal),
    reorderQuantity: Nullable(Decimal),
    allowNegative: Type.Boolean({ description: 'Whether its stock may fall below zero.' }),
    lotTracked: Type.Boolean({ description: 'Whether every movement names a lot.' }),
    active: Type.Boolean(),
  },
  { $id: 'Item' },
);
export type Item = Static<typeof Item>;
export const CreateItemBody = Strict({
  sku: Sku,
  name: Name,
  unit: OneOf(units),
  description: Type.Optional(Description),
  barcode: Type.Optional(Barcode),
  reorderPoint: Type.Optional(Decimal),
  reorderQuantity: Type.Optional(Decimal),
  allowNegative: Type.Optional(Type.Boolean()),
  lotTracked: Type.Optional(Type.Boolean()),
});
/** The unit never changes: it would give every past movement another meaning. */
export const UpdateItemBody = Strict(
  {
    sku: Type.Optional(Sku),
    name: Type.Optional(Name),
    description: Type.Optional(Nullable(Description)),
    barcode: Type.Optional(Nullable(Barcode)),
    reorderPoint: Type.Optional(Nullable(Decimal)),
    reorderQuantity: Type.Optional(Nullable(Decimal)),
    allowNegative: Type.Optional(Type.Boolean()),
    lotTracked: Type.Optional(Type.Boolean()),
    active: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);
export const ItemParams = Strict({ itemId: Id });
export const ItemListQuery = Strict({
  ...ListFields,
  search: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'A part of the SKU, the name or the barcode.' }),
  ),
  sku: Type.Optional(Sku),
  barcode: Type.Optional(Barcode),
  active: ActiveFilter,
});
export const ItemPage = Page(Item);

export const Lot = Type.Object(
  { ...ResourceFields, itemId: Id, code: Type.String(), expiresAt: Nullable(Timestamp) },
  { $id: 'Lot' },
);
export type Lot = Static<typeof Lot>;
export const CreateLotBody = Strict({ itemId: Id, code: Code, expiresAt: Type.Optional(Timestamp) });
export const UpdateLotBody = Strict({ expiresAt: Nullable(Timestamp) });
export const LotParams = Strict({ lotId: Id });
export const LotListQuery = Strict({ ...ListFields, itemId: Type.Optional(Id), code: Type.Optional(Code) });
export const LotPage = Page(Lot);

export const movementTypes = ['RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER'] as const;
export type MovementType = (typeof movementTypes)[number];

export const Movement = Type.Object(
  {
    ...ResourceFields,
    sequence: Type.String({ description: "The ledger's order, as an integer." }),
    type: OneOf(movementTypes),
    itemId: Id,
    siteId: Id,
    locationId: Nullable(Id),
    lotId: Nullable(Id),
    toSiteId: Nullable(Id),
    toLocationId: Nullable(Id),
    quantity: Type.String({ description: 'As posted; below zero for a downward ADJUST and for a reversal.' }),
    reason: Nullable(Type.String()),
    reference: Nullable(Type.String()),
    occurredAt: Timestamp,
    recordedAt: Timestamp,
    actor: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
    reversesId: Nullable(Id),
    reversedById: Nullable(Id),
  },
  { $id: 'Movement' },
);
export type Movement = Static<typeof Movement>;
export const CreateMovementBody = Strict({
  type: OneOf(movementTypes),
  itemId: Id,
  siteId: Id,
  quantity: Type.String({
    ...SignedDecimal,
    description: 'Above zero; signed for ADJUST.',
  }),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  toSiteId: Type.Optional(Id),
  toLocationId: Type.Optional(Id),
  reason: Type.Optional(Text),
  reference: Type.Optional(Name),
  occurredAt: Type.Optional(Timestamp),
  expectedOnHand: Type.Optional(
    Type.String({
      ...SignedDecimal,
      description: 'Posts only if so much is on hand where it is taken from or put to, else 409.',
    }),
  ),
});
export type CreateMovementBody = Static<typeof CreateMovementBody>;
export const CreateMovementsBody = Strict({
  movements: Type.Array(CreateMovementBody, { minItems: 1, maxItems: 100 }),
});
export const MovementBatch = Type.Object({ movements: Type.Array(Movement) });
export const ReverseMovementBody = Nullable(Strict({ reason: Type.Optional(Text) }));
export const MovementParams = Strict({ movementId: Id });
export const MovementListQuery = Strict({
  ...ListFields,
  itemId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  type: Type.Optional(OneOf(movementTypes)),
});
export const MovementPage = Page(Movement);

export const Balance = Type.Object(
  {
    id: Id,
    itemId: Id,
    siteId: Id,
    locationId: Nullable(Id),
    lotId: Nullable(Id),
    onHand: SignedDecimal,
    reserved: Decimal,
    available: SignedDecimal,
    updatedAt: Timestamp,
    version: Type.Integer({ minimum: 1 }),
  },
  { $id: 'Balance' },
);
export type Balance = Static<typeof Balance>;
export const BalanceListQuery = Strict({
  ...ListFields,
  itemId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
});
export const BalancePage = Page(Balance);
