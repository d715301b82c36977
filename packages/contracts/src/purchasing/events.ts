import { Type } from 'typebox';
import { defineEvent } from '../event.ts';
import { Currency, Decimal, Id, Nullable, Timestamp } from '../scalars.ts';

export const supplierChanged = defineEvent(
  'purchasing.supplier-changed.v1',
  Type.Object({
    supplierId: Id,
    code: Type.String(),
    name: Type.String(),
    mailDomains: Type.Array(Type.String()),
    contacts: Type.Array(Type.Object({ name: Type.String(), email: Type.String() })),
    active: Type.Boolean(),
  }),
);

export const bankAccountChanged = defineEvent(
  'purchasing.bank-account-changed.v1',
  Type.Object({
    bankAccountId: Id,
    supplierId: Id,
    status: Type.String(),
    /** The details as purchasing sealed them, in base64; then those below are empty. */
    sealed: Type.Optional(Type.String()),
    holder: Type.String(),
    iban: Nullable(Type.String()),
    routingNumber: Nullable(Type.String()),
    accountNumber: Nullable(Type.String()),
    bic: Nullable(Type.String()),
  }),
);

export const orderChanged = defineEvent(
  'purchasing.order-changed.v1',
  Type.Object({
    purchaseOrderId: Id,
    number: Type.String(),
    supplierId: Id,
    siteId: Id,
    status: Type.String(),
    total: Decimal,
    currency: Currency,
    onHold: Type.Boolean(),
  }),
);

/** Goods arrived; inventory posts one movement a line. */
export const goodsReceived = defineEvent(
  'purchasing.goods-received.v1',
  Type.Object({
    receiptId: Id,
    purchaseOrderId: Id,
    orderNumber: Type.String(),
    siteId: Id,
    receivedAt: Timestamp,
    reference: Nullable(Type.String()),
    lines: Type.Array(Type.Object({ lineId: Id, itemId: Id, quantity: Decimal, lotId: Nullable(Id) }), {
      minItems: 1,
    }),
    /** Who received: the ledger's entries name this person. */
    actor: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
  }),
);

/** A receipt is taken back; inventory takes its movements back, or says why it cannot. */
export const goodsReturned = defineEvent(
  'purchasing.goods-returned.v1',
  Type.Object({
    receiptId: Id,
    reason: Nullable(Type.String()),
    lineIds: Type.Array(Id, { minItems: 1 }),
    actor: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
  }),
);

/** An order's mail waits to go out; a supplier's answer names its Message-ID (without angle brackets). */
export const orderMailQueued = defineEvent(
  'purchasing.order-mail-queued.v1',
  Type.Object({ purchaseOrderId: Id, supplierId: Id, messageId: Type.String() }),
);
