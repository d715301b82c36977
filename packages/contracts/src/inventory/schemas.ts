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
  PositiveDecimal,
  ResourceFields,
  SignedDecimal,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { Barcode, ShortText, Text } from './fields.ts';

/** Units that items are kept in; `each` is counted in whole numbers. */
export const units = ['each', 'kg', 'g', 'l', 'm', 'm2', 'box', 'pallet'] as const;
export const movementTypes = [
  'RECEIVE',
  'ISSUE',
  'ADJUST',
  'TRANSFER',
  'CONSUME',
  'PRODUCE',
  'COUNT',
] as const;
export type MovementType = (typeof movementTypes)[number];
/** Movements that callers may post; COUNT comes from an approved cycle count alone. */
export const postableTypes = ['RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER', 'CONSUME', 'PRODUCE'] as const;

const TimeZone = Type.String({
  pattern: '^[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}$',
  maxLength: 64,
  examples: ['Europe/Berlin'],
});

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
export const SiteListQuery = Strict({
  ...ListFields,
  code: Type.Optional(Code),
  active: Type.Optional(Type.Boolean()),
});
export const SitePage = Page(Site);

export const Location = Type.Object(
  { ...ResourceFields, siteId: Id, code: Type.String(), name: Type.String(), active: Type.Boolean() },
  { $id: 'Location' },
);
export type Location = Static<typeof Location>;
export const CreateLocationBody = Strict({ siteId: Id, code: Code, name: Type.Optional(Name) });
export const UpdateLocationBody = Strict(
  { name: Type.Optional(Name), active: Type.Optional(Type.Boolean()) },
  { minProperties: 1 },
);
export const LocationParams = Strict({ locationId: Id });
export const LocationListQuery = Strict({
  ...ListFields,
  siteId: Type.Optional(Id),
  code: Type.Optional(Code),
});
export const LocationPage = Page(Location);

const Ratio = Type.String({ pattern: '^[1-9][0-9]{0,8}$', examples: ['12'] });
/** One of `unit` is numerator / denominator of the item's own unit: exactly, whatever the decimals. */
const Conversion = Strict({ unit: Code, numerator: Ratio, denominator: Type.Optional(Ratio) });
const Conversions = Type.Array(Conversion, { maxItems: 20 });

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
    allowNegative: Type.Boolean({ description: 'Stock of this item may go below zero.' }),
    lotTracked: Type.Boolean(),
    conversions: Type.Array(
      Type.Object({ unit: Type.String(), numerator: Type.String(), denominator: Type.String() }),
      { description: 'Units that movements may be given in besides; kg and g convert by themselves.' },
    ),
    active: Type.Boolean(),
  },
  { $id: 'Item' },
);
export type Item = Static<typeof Item>;
export const CreateItemBody = Strict({
  sku: Code,
  name: Name,
  unit: OneOf(units),
  description: Type.Optional(Text),
  barcode: Type.Optional(Barcode),
  reorderPoint: Type.Optional(Decimal),
  reorderQuantity: Type.Optional(PositiveDecimal),
  allowNegative: Type.Optional(Type.Boolean()),
  lotTracked: Type.Optional(Type.Boolean()),
  conversions: Type.Optional(Conversions),
});
export const UpdateItemBody = Strict(
  {
    name: Type.Optional(Name),
    description: Type.Optional(Nullable(Text)),
    barcode: Type.Optional(Nullable(Barcode)),
    reorderPoint: Type.Optional(Nullable(Decimal)),
    reorderQuantity: Type.Optional(Nullable(PositiveDecimal)),
    allowNegative: Type.Optional(Type.Boolean()),
    conversions: Type.Optional(Conversions),
    active: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);
export const ItemParams = Strict({ itemId: Id });
export const ItemListQuery = Strict({
  ...ListFields,
  search: Type.Optional(ShortText),
  sku: Type.Optional(Code),
  barcode: Type.Optional(Barcode),
  active: Type.Optional(Type.Boolean()),
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

/** A line of the ledger: never changed, corrected by a reversal alone. */
export const Movement = Type.Object(
  {
    ...ResourceFields,
    sequence: Type.Integer({ description: 'Grows from movement to movement of a tenant, with gaps.' }),
    type: OneOf(movementTypes),
    itemId: Id,
    siteId: Id,
    locationId: Nullable(Id),
    lotId: Nullable(Id),
    quantity: SignedDecimal,
    enteredQuantity: Nullable(SignedDecimal),
    enteredUnit: Nullable(
      Type.String({ description: "As the caller gave it, when not in the item's unit." }),
    ),
    toSiteId: Nullable(Id),
    toLocationId: Nullable(Id),
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
  type: OneOf(postableTypes),
  itemId: Id,
  siteId: Id,
  quantity: SignedDecimal,
  unit: Type.Optional(Code),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  toSiteId: Type.Optional(Id),
  toLocationId: Type.Optional(Id),
  reason: Type.Optional(Text),
  reference: Type.Optional(ShortText),
  occurredAt: Type.Optional(Timestamp),
  expectedOnHand: Type.Optional(SignedDecimal),
});
export type CreateMovementBody = Static<typeof CreateMovementBody>;
export const CreateMovementsBody = Strict({
  movements: Type.Array(CreateMovementBody, { minItems: 1, maxItems: 100 }),
});
export const Movements = Type.Object({ movements: Type.Array(Movement) });
export const ReverseMovementBody = Type.Optional(Strict({ reason: Type.Optional(Text) }));
export const MovementParams = Strict({ movementId: Id });
export const MovementListQuery = Strict({
  ...ListFields,
  itemId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  type: Type.Optional(OneOf(movementTypes)),
  reference: Type.Optional(ShortText),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
});
export const MovementPage = Page(Movement);

/** Goods that arrived but cannot be put away as they are wait in the site's location of this code. */
export const holdingLocationCode = 'HOLDING';

/** What is there of an item at a place, by lot. */
export const Balance = Type.Object(
  {
    itemId: Id,
    siteId: Id,
    locationId: Nullable(Id),
    lotId: Nullable(Id),
    onHand: SignedDecimal,
    reserved: Nullable(Decimal),
    available: Nullable(SignedDecimal),
  },
  {
    $id: 'Balance',
    description:
      'With `asOf`, `onHand` is as of then; `reserved` and `available`, which have no past, are null.',
  },
);
export type Balance = Static<typeof Balance>;
export const BalanceListQuery = Strict({
  ...ListFields,
  itemId: Type.Optional(Id),
  siteId: Type.Optional(Id),
  locationId: Type.Optional(Id),
  lotId: Type.Optional(Id),
  asOf: Type.Optional(Timestamp),
});
export const BalancePage = Page(Balance);
