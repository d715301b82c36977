import { Type } from 'typebox';
import { defineEvent } from '../event.ts';
import { Decimal, Id, Nullable, SignedDecimal, Timestamp } from '../scalars.ts';

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

/** A movement is in the ledger. */
export const stockMoved = defineEvent(
  'inventory.stock-moved.v1',
  Type.Object({
    movementId: Id,
    itemId: Id,
    siteId: Id,
    type: Type.String(),
    quantity: SignedDecimal,
    onHand: SignedDecimal,
    occurredAt: Timestamp,
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
