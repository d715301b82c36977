import { Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { invoiceOperations } from './invoices.ts';
import { orderMailOperations } from './order-mails.ts';
import { suggestionOperations } from './reorder-suggestions.ts';
import * as s from './schemas.ts';
import { getSettings, updateSettings } from './settings.ts';

export * from './bank-details.ts';
export * from './invoice-match.ts';
export * from './invoices.ts';
export * from './order-mails.ts';
export * from './reorder-suggestions.ts';
export * from './schemas.ts';
export * from './settings.ts';

const service = 'purchasing' as const;

export const createSupplier = defineOperation({
  id: 'createSupplier',
  service,
  method: 'POST',
  path: '/v1/purchasing/suppliers',
  summary: 'Add a supplier',
  access: 'purchasing:write',
  tier: 'WRITE',
  body: s.CreateSupplierBody,
  responses: { 201: s.Supplier },
});

export const listSuppliers = defineOperation({
  id: 'listSuppliers',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/purchasing/suppliers',
  summary: 'List suppliers, newest first',
  access: 'purchasing:read',
  tier: 'READ',
  query: s.SupplierListQuery,
  responses: { 200: s.SupplierPage },
});

export const getSupplier = defineOperation({
  id: 'getSupplier',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/purchasing/suppliers/:supplierId',
  summary: 'Read a supplier',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.SupplierParams,
  responses: { 200: s.Supplier },
});

export const updateSupplier = defineOperation({
  id: 'updateSupplier',
  service,
  method: 'PATCH',
  path: '/v1/purchasing/suppliers/:supplierId',
  summary: 'Change a supplier',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.SupplierParams,
  body: s.UpdateSupplierBody,
  responses: { 200: s.Supplier },
});

export const proposeBankAccount = defineOperation({
  id: 'proposeBankAccount',
  service,
  method: 'POST',
  path: '/v1/purchasing/suppliers/:supplierId/bank-accounts',
  summary: "Propose a supplier's bank account",
  description:
    'It counts once another person has verified it: by a call to a number known from elsewhere, never from the mail that asks for the change.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.SupplierParams,
  body: s.ProposeBankAccountBody,
  responses: { 201: s.BankAccount },
});

export const listBankAccounts = defineOperation({
  id: 'listBankAccounts',
  service,
  method: 'GET',
  path: '/v1/purchasing/suppliers/:supplierId/bank-accounts',
  summary: "List a supplier's bank accounts, newest first",
  access: 'purchasing:read',
  tier: 'READ',
  params: s.SupplierParams,
  query: s.BankAccountListQuery,
  responses: { 200: s.BankAccountPage },
});

export const getBankAccount = defineOperation({
  id: 'getBankAccount',
  service,
  method: 'GET',
  path: '/v1/purchasing/suppliers/:supplierId/bank-accounts/:accountId',
  summary: 'Read a bank account',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.BankAccountParams,
  responses: { 200: s.BankAccount },
});

export const verifyBankAccount = defineOperation({
  id: 'verifyBankAccount',
  service,
  method: 'POST',
  path: '/v1/purchasing/suppliers/:supplierId/bank-accounts/:accountId/verify',
  summary: 'Verify a proposed bank account',
  description: 'By another person than who proposed it. The account verified so far is superseded.',
  access: 'purchasing:approve',
  tier: 'SENSITIVE',
  params: s.BankAccountParams,
  responses: { 200: s.BankAccount },
});

export const rejectBankAccount = defineOperation({
  id: 'rejectBankAccount',
  service,
  method: 'POST',
  path: '/v1/purchasing/suppliers/:supplierId/bank-accounts/:accountId/reject',
  summary: 'Reject a proposed bank account',
  access: 'purchasing:approve',
  tier: 'SENSITIVE',
  params: s.BankAccountParams,
  body: Type.Optional(s.ReasonBody),
  responses: { 200: s.BankAccount },
});

export const createPurchaseOrder = defineOperation({
  id: 'createPurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders',
  summary: 'Draft a purchase order',
  access: 'purchasing:write',
  tier: 'WRITE',
  body: s.CreatePurchaseOrderBody,
  responses: { 201: s.PurchaseOrder },
});

export const listPurchaseOrders = defineOperation({
  id: 'listPurchaseOrders',
  service,
  method: 'GET',
  path: '/v1/purchasing/purchase-orders',
  summary: 'List purchase orders, newest first',
  access: 'purchasing:read',
  tier: 'READ',
  query: s.PurchaseOrderListQuery,
  responses: { 200: s.PurchaseOrderPage },
});

export const getPurchaseOrder = defineOperation({
  id: 'getPurchaseOrder',
  service,
  method: 'GET',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId',
  summary: 'Read a purchase order',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.PurchaseOrderParams,
  responses: { 200: s.PurchaseOrder },
});

export const updatePurchaseOrder = defineOperation({
  id: 'updatePurchaseOrder',
  service,
  method: 'PATCH',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId',
  summary: 'Change a draft',
  description:
    'The lines given take the place of all lines. Who changed a draft counts as one of its makers: another person approves it.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  body: s.UpdatePurchaseOrderBody,
  responses: { 200: s.PurchaseOrder },
});

export const submitPurchaseOrder = defineOperation({
  id: 'submitPurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/submit',
  summary: 'Submit a draft for approval',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  responses: { 200: s.PurchaseOrder },
});

export const approvePurchaseOrder = defineOperation({
  id: 'approvePurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/approve',
  summary: 'Approve an order',
  description: "By another person than who made it; above the tenant's threshold by two.",
  access: 'purchasing:approve',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  responses: { 200: s.PurchaseOrder },
});

export const rejectPurchaseOrder = defineOperation({
  id: 'rejectPurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/reject',
  summary: 'Give a submitted order back as a draft',
  access: 'purchasing:approve',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  body: Type.Optional(s.ReasonBody),
  responses: { 200: s.PurchaseOrder },
});

export const cancelPurchaseOrder = defineOperation({
  id: 'cancelPurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/cancel',
  summary: 'Cancel an order of which nothing has arrived',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  body: Type.Optional(s.ReasonBody),
  responses: { 200: s.PurchaseOrder },
});

export const closePurchaseOrder = defineOperation({
  id: 'closePurchaseOrder',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/close',
  summary: 'Close an order: nothing more is expected',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  body: Type.Optional(s.ReasonBody),
  responses: { 200: s.PurchaseOrder },
});

export const createReceipt = defineOperation({
  id: 'createReceipt',
  service,
  method: 'POST',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/receipts',
  summary: 'Receive goods of an order',
  description: 'Possible from approved on. The stock ledger follows within moments: see `stockPosting`.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.PurchaseOrderParams,
  body: s.CreateReceiptBody,
  responses: { 201: s.Receipt },
});

export const listReceipts = defineOperation({
  id: 'listReceipts',
  service,
  method: 'GET',
  path: '/v1/purchasing/purchase-orders/:purchaseOrderId/receipts',
  summary: 'List receipts of an order, newest first',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.PurchaseOrderParams,
  query: s.ReceiptListQuery,
  responses: { 200: s.ReceiptPage },
});

export const getReceipt = defineOperation({
  id: 'getReceipt',
  service,
  method: 'GET',
  path: '/v1/purchasing/receipts/:receiptId',
  summary: 'Read a receipt',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.ReceiptParams,
  responses: { 200: s.Receipt },
});

export const reverseReceipt = defineOperation({
  id: 'reverseReceipt',
  service,
  method: 'POST',
  path: '/v1/purchasing/receipts/:receiptId/reverse',
  summary: 'Take a receipt back',
  description:
    'The stock ledger has the last word: `status` is `reversing` when it has not spoken after two seconds, and 409 tells when the goods are not there any more.',
  access: 'purchasing:write',
  tier: 'WRITE',
  params: s.ReceiptParams,
  body: Type.Optional(s.ReasonBody),
  responses: { 200: s.Receipt },
});

export const listPaymentHolds = defineOperation({
  id: 'listPaymentHolds',
  service,
  method: 'GET',
  path: '/v1/purchasing/payment-holds',
  summary: 'List payment holds, newest first',
  access: 'purchasing:read',
  tier: 'READ',
  query: s.PaymentHoldListQuery,
  responses: { 200: s.PaymentHoldPage },
});

export const getPaymentHold = defineOperation({
  id: 'getPaymentHold',
  service,
  method: 'GET',
  path: '/v1/purchasing/payment-holds/:holdId',
  summary: 'Read a payment hold with its evidence',
  access: 'purchasing:read',
  tier: 'READ',
  params: s.PaymentHoldParams,
  responses: { 200: s.PaymentHold },
});

export const releasePaymentHold = defineOperation({
  id: 'releasePaymentHold',
  service,
  method: 'POST',
  path: '/v1/purchasing/payment-holds/:holdId/release',
  summary: 'Release a payment hold',
  description: 'By another person than who put it on, and than who made the order or entered the invoice.',
  access: 'purchasing:approve',
  tier: 'SENSITIVE',
  params: s.PaymentHoldParams,
  body: s.ReleaseHoldBody,
  responses: { 200: s.PaymentHold },
});

export const purchasingOperations: readonly Operation[] = [
  createSupplier,
  listSuppliers,
  getSupplier,
  updateSupplier,
  proposeBankAccount,
  listBankAccounts,
  getBankAccount,
  verifyBankAccount,
  rejectBankAccount,
  createPurchaseOrder,
  listPurchaseOrders,
  getPurchaseOrder,
  updatePurchaseOrder,
  submitPurchaseOrder,
  approvePurchaseOrder,
  rejectPurchaseOrder,
  cancelPurchaseOrder,
  closePurchaseOrder,
  ...orderMailOperations,
  createReceipt,
  listReceipts,
  getReceipt,
  reverseReceipt,
  listPaymentHolds,
  getPaymentHold,
  releasePaymentHold,
  ...invoiceOperations,
  ...suggestionOperations,
  getSettings,
  updateSettings,
];
