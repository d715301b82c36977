import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import {
  Email,
  Id,
  ListFields,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';
import { PurchaseOrder, PurchaseOrderParams } from './schemas.ts';

/** `withheld`: made in a test tenant, so nobody is asked to deliver it. */
export const orderMailStatuses = ['queued', 'sent', 'failed', 'withheld'] as const;
export type OrderMailStatus = (typeof orderMailStatuses)[number];

export const mailAttemptOutcomes = [
  'accepted',
  'temporary',
  'permanent',
  'misconfigured',
  'skipped',
] as const;
export type MailAttemptOutcome = (typeof mailAttemptOutcomes)[number];

/** One provider asked once. */
const MailAttempt = Type.Object({
  provider: Type.String(),
  startedAt: Timestamp,
  durationMs: Type.Integer(),
  outcome: OneOf(mailAttemptOutcomes),
  detail: Nullable(Type.String()),
});

/** An order on its way to its supplier by e-mail. It never changes but in what became of it: sent again, it is another one. */
export const OrderMail = Type.Object(
  {
    ...ResourceFields,
    purchaseOrderId: Id,
    status: OneOf(orderMailStatuses),
    to: Type.Array(Type.String()),
    subject: Type.String(),
    note: Nullable(Type.String({ description: 'Why it waits, failed or is withheld.' })),
    nextAttemptAt: Nullable(Timestamp),
    sentAt: Nullable(Timestamp),
    provider: Nullable(Type.String()),
    providerId: Nullable(Type.String()),
    attempts: Type.Array(MailAttempt, { description: 'The latest 100, oldest first.' }),
  },
  { $id: 'OrderMail' },
);
export type OrderMail = Static<typeof OrderMail>;

export const maxMailRecipients = 5;

export const SendPurchaseOrderBody = Strict({
  to: Type.Optional(Type.Array(Email, { minItems: 1, maxItems: maxMailRecipients, uniqueItems: true })),
  /** Line breaks are kept; other control characters are refused. */
  message: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2_000,
      pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
    }),
  ),
  resend: Type.Optional(Type.Boolean()),
});

export const OrderMailListQuery = Strict({ ...ListFields });
export const OrderMailPage = Page(OrderMail);

export const sendPurchaseOrder = defineOperation({
  id: 'sendPurchaseOrder',
  service: 'purchasing',
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/send',
  summary: 'Send an approved order to its supplier by e-mail',
  description:
    "To the supplier's contacts unless `to` says otherwise. The order is `sent` at once, its mail follows: see its mails. A sent order can be sent again when its latest mail failed, or with `resend`; a mail that still waits is replaced then. In a test tenant the mail is made all the same, and `withheld`.",
  access: 'purchasing:write',
  tier: 'WRITE',
  params: PurchaseOrderParams,
  body: Type.Optional(SendPurchaseOrderBody),
  responses: { 200: PurchaseOrder },
});

export const listOrderMails = defineOperation({
  id: 'listOrderMails',
  service: 'purchasing',
  method: 'GET',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/mails',
  summary: "List an order's mails, newest first, with every attempt to deliver them",
  access: 'purchasing:read',
  tier: 'READ',
  params: PurchaseOrderParams,
  query: OrderMailListQuery,
  responses: { 200: OrderMailPage },
});

export const orderMailOperations: readonly Operation[] = [sendPurchaseOrder, listOrderMails];
