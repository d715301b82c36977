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
import { HoldNote, Person, Reason } from './fields.ts';
import { InvoiceMatch } from './invoice-match.ts';

export const invoiceStatuses = ['received', 'approved', 'held', 'cancelled'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

const InvoiceNumber = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '\\S',
  examples: ['RE-0042/2026'],
});

/** What a supplier wants to be paid. `paymentHold` is its own open hold, or else its order's. */
export const Invoice = Type.Object(
  {
    ...ResourceFields,
    supplierId: Id,
    purchaseOrderId: Nullable(Id),
    number: Type.String(),
    normalizedNumber: Type.String({
      description: 'The number without spelling: what a supplier’s invoices are told apart by.',
    }),
    issuedAt: Timestamp,
    currency: Currency,
    status: OneOf(invoiceStatuses),
    total: Decimal,
    bankAccount: Nullable(
      Type.Object({
        iban: Nullable(Type.String()),
        routingNumber: Nullable(Type.String()),
        accountNumber: Nullable(Type.String()),
        bic: Nullable(Type.String()),
      }),
    ),
    paymentHold: Nullable(HoldNote),
    createdBy: Person,
    approvedBy: Nullable(Person),
    approvedAt: Nullable(Timestamp),
    acceptanceReason: Nullable(Type.String({ description: 'Why its differences were accepted.' })),
    lines: Type.Array(
      Type.Object({
        id: Id,
        purchaseOrderLineId: Nullable(Id),
        description: Nullable(Type.String()),
        quantity: Decimal,
        unitPrice: Decimal,
        amount: Decimal,
      }),
    ),
  },
  { $id: 'Invoice' },
);
export type Invoice = Static<typeof Invoice>;

/** The account that the invoice asks to be paid to: an IBAN, or a routing and an account number. */
const InvoiceBankAccount = Strict({
  iban: Type.Optional(Type.String({ minLength: 15, maxLength: 42, pattern: '^[A-Za-z0-9 ]+$' })),
  routingNumber: Type.Optional(Type.String({ pattern: '^[0-9]{9}$' })),
  accountNumber: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{4,34}$' })),
  bic: Type.Optional(Type.String({ pattern: '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$' })),
});

export const CreateInvoiceBody = Strict({
  supplierId: Id,
  number: InvoiceNumber,
  issuedAt: Timestamp,
  currency: Currency,
  purchaseOrderId: Type.Optional(Id),
  lines: Type.Array(
    Strict({
      purchaseOrderLineId: Type.Optional(Id),
      description: Type.Optional(Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })),
      quantity: PositiveDecimal,
      unitPrice: Decimal,
    }),
    { minItems: 1, maxItems: 200 },
  ),
  bankAccount: Type.Optional(InvoiceBankAccount),
});
export const ApproveInvoiceBody = Strict({
  acceptDifferences: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Reason),
});
export const InvoiceListQuery = Strict({
  ...ListFields,
  status: Type.Optional(OneOf(invoiceStatuses)),
  supplierId: Type.Optional(Id),
  purchaseOrderId: Type.Optional(Id),
  number: Type.Optional(InvoiceNumber),
});

const service = 'purchasing' as const;
const path = '/v1/purchasing/invoices';
const params = Strict({ invoiceId: Id });

export const createInvoice = defineOperation({
  id: 'createInvoice',
  service,
  method: 'POST',
  path,
  summary: "Enter a supplier's invoice",
  description:
    'A number that the supplier used before, however it is spelt, is a 409. An account other than the supplier’s verified one puts the invoice on hold at once.',
  access: 'purchasing:write',
  tier: 'WRITE',
  body: CreateInvoiceBody,
  responses: { 201: Invoice },
});

export const listInvoices = defineOperation({
  id: 'listInvoices',
  service,
  method: 'GET',
  path,
  summary: 'List invoices, newest first',
  description: 'A `number` is found in any spelling.',
  access: 'purchasing:read',
  tier: 'READ',
  query: InvoiceListQuery,
  responses: { 200: Page(Invoice) },
});

export const getInvoice = defineOperation({
  id: 'getInvoice',
  service,
  method: 'GET',
  path: `${path}/:invoiceId`,
  summary: 'Read an invoice',
  access: 'purchasing:read',
  tier: 'READ',
  params,
  responses: { 200: Invoice },
});

export const matchInvoice = defineOperation({
  id: 'matchInvoice',
  service,
  method: 'GET',
  path: `${path}/:invoiceId/match`,
  summary: 'Compare an invoice with its order and what was received',
  description: 'As it is now; of an approved invoice, as it was approved.',
  access: 'purchasing:read',
  tier: 'READ',
  params,
  responses: { 200: InvoiceMatch },
});

export const approveInvoice = defineOperation({
  id: 'approveInvoice',
  service,
  method: 'POST',
  path: `${path}/:invoiceId/approve`,
  summary: 'Approve an invoice for payment',
  description:
    'By another person than who entered it, while neither it nor its order is on hold, and when it matches, or its differences are accepted with a reason.',
  access: 'purchasing:approve',
  tier: 'WRITE',
  params,
  body: Type.Optional(ApproveInvoiceBody),
  responses: { 200: Invoice },
});

export const holdInvoice = defineOperation({
  id: 'holdInvoice',
  service,
  method: 'POST',
  path: `${path}/:invoiceId/hold`,
  summary: 'Put an invoice on hold',
  access: 'purchasing:write',
  tier: 'WRITE',
  params,
  body: Strict({ reason: Reason }),
  responses: { 200: Invoice },
});

export const releaseInvoice = defineOperation({
  id: 'releaseInvoice',
  service,
  method: 'POST',
  path: `${path}/:invoiceId/release`,
  summary: 'Release an invoice’s payment hold',
  description: 'By another person than who put it on hold and who entered the invoice.',
  access: 'purchasing:approve',
  tier: 'SENSITIVE',
  params,
  body: Strict({ reason: Reason }),
  responses: { 200: Invoice },
});

export const cancelInvoice = defineOperation({
  id: 'cancelInvoice',
  service,
  method: 'POST',
  path: `${path}/:invoiceId/cancel`,
  summary: 'Cancel an invoice that is not to be paid',
  description: 'Its number may be entered again.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params,
  body: Type.Optional(Strict({ reason: Type.Optional(Reason) })),
  responses: { 200: Invoice },
});

export const invoiceOperations = [
  createInvoice,
  listInvoices,
  getInvoice,
  matchInvoice,
  approveInvoice,
  holdInvoice,
  releaseInvoice,
  cancelInvoice,
];
