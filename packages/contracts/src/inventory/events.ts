import { Type } from 'typebox';
import { defineEvent } from '../event.ts';
import { Decimal, Id, Nullable, SignedDecimal } from '../scalars.ts';

/** Purchasing keeps a copy of the items and sites that it orders for. */
export const itemChanged = defineEvent(
  'inventory.item-changed.v1',
  Type.Object({
    itemId: Id,
    sku: Type.String(),
    name: Type.String(),
    unit: Type.String(),
    active: Type.Boolean(),
    reorderPoint: Nullable(Decimal),
    reorderQuantity: Nullable(Decimal),
  }),
);

export const siteChanged = defineEvent(
  'inventory.site-changed.v1',
  Type.Object({ siteId: Id, code: Type.String(), name: Type.String(), active: Type.Boolean() }),
);

/** Stock of an item fell below its reorder point, at one site or (no site) in all, or is enough again. */
export const stockLevelChanged = defineEvent(
  'inventory.stock-level-changed.v1',
  Type.Object({
    itemId: Id,
    siteId: Nullable(Id),
    low: Type.Boolean(),
    available: SignedDecimal,
    reorderPoint: Decimal,
    reorderQuantity: Nullable(Decimal),
  }),
);

/** The lines of a receipt of goods are in the ledger: each exactly once. */
export const receiptPosted = defineEvent(
  'inventory.receipt-posted.v1',
  Type.Object({
    receiptId: Id,
    purchaseOrderId: Id,
    movements: Type.Array(Type.Object({ lineId: Id, movementId: Id })),
    /** Lines that went to the site's holding location, with the reason. */
    held: Type.Array(Type.Object({ lineId: Id, reason: Type.String() })),
  }),
);

/** Whether the stock of a receipt that was taken back could be taken out of the ledger again. */
export const receiptReversed = defineEvent(
  'inventory.receipt-reversed.v1',
  Type.Object({
    receiptId: Id,
    done: Type.Boolean(),
    /** Why not. */
    reason: Nullable(Type.String()),
  }),
);
