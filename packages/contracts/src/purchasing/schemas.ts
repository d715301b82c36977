import { type Static, Type } from 'typebox';
import {
  Code,
  Currency,
  Decimal,
  DomainName,
  Email,
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  PositiveDecimal,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { HoldNote, Person, Reason } from './fields.ts';

const Search = Type.String({ minLength: 1, maxLength: 100 });

const Contact = Strict({ name: Name, email: Email });
const MailDomains = Type.Array(DomainName, { maxItems: 50, uniqueItems: true });
const Contacts = Type.Array(Contact, { maxItems: 50 });

export const Supplier = Type.Object(
  {
    ...ResourceFields,
    code: Type.String(),
    name: Type.String(),
    mailDomains: Type.Array(Type.String()),
    contacts: Type.Array(Type.Object({ name: Type.String(), email: Type.String() })),
    currency: Nullable(Currency),
    active: Type.Boolean(),
  },
  { $id: 'Supplier' },
);
export type Supplier = Static<typeof Supplier>;
export const CreateSupplierBody = Strict({
  code: Code,
  name: Name,
  mailDomains: MailDomains,
  contacts: Type.Optional(Contacts),
  currency: Type.Optional(Currency),
});
export const UpdateSupplierBody = Strict(
  {
    name: Type.Optional(Name),
    mailDomains: Type.Optional(MailDomains),
    contacts: Type.Optional(Contacts),
    currency: Type.Optional(Nullable(Currency)),
    active: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);
export const SupplierParams = Strict({ supplierId: Id });
export const SupplierListQuery = Strict({
  ...ListFields,
  search: Type.Optional(Search),
  code: Type.Optional(Code),
  active: Type.Optional(Type.Boolean()),
});
export const SupplierPage = Page(Supplier);

export const bankAccountStatuses = ['proposed', 'verified', 'rejected', 'superseded'] as const;

/** Where a supplier is paid. It changes by a proposal and another person's verification alone. */
export const BankAccount = Type.Object(
  {
    ...ResourceFields,
    supplierId: Id,
    holder: Type.String(),
    iban: Nullable(Type.String()),
    routingNumber: Nullable(Type.String()),
    accountNumber: Nullable(Type.String()),
    bic: Nullable(Type.String()),
    currency: Nullable(Currency),
    status: OneOf(bankAccountStatuses),
    proposedBy: Person,
    decidedBy: Nullable(Person),
    decidedAt: Nullable(Timestamp),
  },
  { $id: 'BankAccount' },
);
export type BankAccount = Static<typeof BankAccount>;
export const ProposeBankAccountBody = Strict({
  holder: Name,
  iban: Type.Optional(Type.String({ minLength: 15, maxLength: 42, pattern: '^[A-Za-z0-9 ]+$' })),
  routingNumber: Type.Optional(Type.String({ pattern: '^[0-9]{9}$' })),
  accountNumber: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{4,34}$' })),
  bic: Type.Optional(Type.String({ pattern: '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$' })),
  currency: Type.Optional(Currency),
});
export const BankAccountParams = Strict({ supplierId: Id, accountId: Id });
export const BankAccountListQuery = Strict({
  ...ListFields,
  status: Type.Optional(OneOf(bankAccountStatuses)),
});
export const BankAccountPage = Page(BankAccount);
export const ReasonBody = Strict({ reason: Type.Optional(Reason) });

export const orderStatuses = [
  'draft',
  'pending_approval',
  'approved',
  'sent',
  'partially_received',
  'received',
  'closed',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const PurchaseOrder = Type.Object(
  {
    ...ResourceFields,
    number: Type.String({ examples: ['PO-2026-000123'] }),
    supplierId: Id,
    siteId: Id,
    currency: Currency,
    status: OneOf(orderStatuses),
    total: Decimal,
    expectedAt: Nullable(Timestamp),
    createdBy: Person,
    approvals: Type.Array(Type.Object({ by: Person, at: Timestamp })),
    paymentHold: Nullable(HoldNote),
    lines: Type.Array(
      Type.Object({ id: Id, itemId: Id, quantity: Decimal, unitPrice: Decimal, received: Decimal }),
    ),
  },
  { $id: 'PurchaseOrder' },
);
export type PurchaseOrder = Static<typeof PurchaseOrder>;
const OrderLines = Type.Array(Strict({ itemId: Id, quantity: PositiveDecimal, unitPrice: Decimal }), {
  minItems: 1,
  maxItems: 500,
});
export const CreatePurchaseOrderBody = Strict({
  supplierId: Id,
  siteId: Id,
  currency: Currency,
  lines: OrderLines,
  expectedAt: Type.Optional(Timestamp),
});
export const UpdatePurchaseOrderBody = Strict(
  {
    supplierId: Type.Optional(Id),
    siteId: Type.Optional(Id),
    currency: Type.Optional(Currency),
    lines: Type.Optional(OrderLines),
    expectedAt: Type.Optional(Nullable(Timestamp)),
  },
  { minProperties: 1 },
);
export const PurchaseOrderParams = Strict({ purchaseOrderId: Id });
export const PurchaseOrderListQuery = Strict({
  ...ListFields,
  status: Type.Optional(OneOf(orderStatuses)),
  supplierId: Type.Optional(Id),
  number: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
});
export const PurchaseOrderPage = Page(PurchaseOrder);

/** Goods that arrived. `stockPosting` tells whether they are in the stock ledger yet. */
export const Receipt = Type.Object(
  {
    ...ResourceFields,
    purchaseOrderId: Id,
    reference: Nullable(Type.String()),
    receivedAt: Timestamp,
    receivedBy: Person,
    stockPosting: OneOf(['pending', 'posted'] as const),
    status: OneOf(['received', 'reversing', 'reversed'] as const),
    reversedBy: Nullable(Person),
    reversedAt: Nullable(Timestamp),
    reversalReason: Nullable(Type.String()),
    reversalRefusal: Nullable(
      Type.String({ description: 'Why the goods could not be taken out of stock again.' }),
    ),
    lines: Type.Array(
      Type.Object({
        id: Id,
        lineId: Id,
        quantity: Decimal,
        lotId: Nullable(Id),
        movementId: Nullable(Id),
        heldReason: Nullable(Type.String({ description: 'Why the goods went to the holding location.' })),
      }),
    ),
  },
  { $id: 'Receipt' },
);
export type Receipt = Static<typeof Receipt>;
export const CreateReceiptBody = Strict({
  lines: Type.Array(Strict({ lineId: Id, quantity: PositiveDecimal, lotId: Type.Optional(Id) }), {
    minItems: 1,
    maxItems: 500,
  }),
  reference: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
export const ReceiptParams = Strict({ receiptId: Id });
export const ReceiptListQuery = Strict(ListFields);
export const ReceiptPage = Page(Receipt);

export const holdStatuses = ['open', 'released'] as const;

/** Stops payment of an order or of an invoice until a second person has looked at what is behind it. */
export const PaymentHold = Type.Object(
  {
    ...ResourceFields,
    purchaseOrderId: Nullable(Id),
    invoiceId: Nullable(Id),
    supplierId: Id,
    reason: Type.String(),
    status: OneOf(holdStatuses),
    placedBy: Nullable(
      Type.Object(Person.properties, { description: 'Null when a rule or the scanner did.' }),
    ),
    evidence: Type.Array(
      Type.Object({
        messageId: Id,
        reason: Type.String(),
        score: Type.Integer(),
        findings: Type.Array(Type.Object({ technique: Type.String(), explanation: Type.String() })),
        at: Timestamp,
      }),
    ),
    releasedBy: Nullable(Person),
    releasedAt: Nullable(Timestamp),
    releaseReason: Nullable(Type.String()),
  },
  { $id: 'PaymentHold' },
);
export type PaymentHold = Static<typeof PaymentHold>;
export const PaymentHoldParams = Strict({ holdId: Id });
export const PaymentHoldListQuery = Strict({
  ...ListFields,
  status: Type.Optional(OneOf(holdStatuses)),
  purchaseOrderId: Type.Optional(Id),
  invoiceId: Type.Optional(Id),
  supplierId: Type.Optional(Id),
});
export const PaymentHoldPage = Page(PaymentHold);
export const ReleaseHoldBody = Strict({ reason: Reason });
