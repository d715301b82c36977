import { fraudDetected } from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { Sample, TestService } from '@stockade/testing';
import { invoiceSamples } from './invoice-samples.ts';
import { addSupplier, approved, draft, iban, otherIban, type Prepared, prepare, step } from './service.ts';
import { stockSamples } from './stock-samples.ts';

const params = (purchaseOrderId: string) => ({ purchaseOrderId });

async function made(request: Promise<{ status: number; body: unknown }>): Promise<{ id: string }> {
  const { status, body } = await request;
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as { id: string };
}

/** A good request of every operation, by its id, with the things that it needs; made by people who are not the caller. */
export async function makeSamples(service: TestService): Promise<Record<string, Sample>> {
  const prepared = await prepare(service);
  return {
    ...(await supplierSamples(prepared)),
    ...(await orderSamples(prepared)),
    ...(await receiptSamples(prepared)),
    ...(await holdSamples(service, prepared)),
    ...(await invoiceSamples(service)),
    ...(await stockSamples(service, prepared)),
  };
}

async function supplierSamples({ buyer, supplierId }: Prepared) {
  const changed = await addSupplier(buyer);
  const propose = async (of: string) => {
    const account = await made(
      buyer.post(`/v1/purchasing/suppliers/${of}/bank-accounts`, { holder: 'Supplier', iban }),
    );
    return { supplierId: of, accountId: account.id };
  };
  const bankAccount = await propose(supplierId);
  const body = {
    name: 'Supplier Ltd',
    mailDomains: ['supplier.example'],
    contacts: [{ name: 'Ann', email: 'ann@supplier.example' }],
    currency: 'EUR',
  };
  return {
    createSupplier: { body: { ...body, code: 'SAMPLE', mailDomains: ['sample.example'] } },
    listSuppliers: { query: { search: 'ltd', code: 'SAMPLE', active: 'true' } },
    getSupplier: { params: { supplierId } },
    updateSupplier: { params: { supplierId: changed }, body: { ...body, active: true } },
    proposeBankAccount: {
      params: { supplierId: changed },
      body: { holder: 'Supplier', iban: otherIban, bic: 'NWBKGB2L', currency: 'GBP' },
    },
    listBankAccounts: { params: { supplierId }, query: { status: 'proposed' } },
    getBankAccount: { params: bankAccount },
    verifyBankAccount: { params: bankAccount },
    rejectBankAccount: {
      params: await propose(await addSupplier(buyer)),
      body: { reason: 'Unknown number' },
    },
  };
}

async function orderSamples(prepared: Prepared) {
  const { buyer, supplierId, siteId, itemId } = prepared;
  const drafted = async () => params((await draft(prepared)).id);
  const submitted = async () => {
    const order = await draft(prepared);
    await step(buyer, order.id, 'submit');
    return params(order.id);
  };
  const reason = { reason: 'Not needed' };
  const arrived = await approved(prepared);
  const lines = [{ lineId: arrived.lines[0]?.id, quantity: '10' }];
  await made(buyer.post(`/v1/purchasing/purchase-orders/${arrived.id}/receipts`, { lines }));
  return {
    createPurchaseOrder: {
      body: {
        ...{ supplierId, siteId, currency: 'EUR', expectedAt: '2030-01-01T00:00:00Z' },
        lines: [{ itemId, quantity: '10', unitPrice: '12.50' }],
      },
    },
    listPurchaseOrders: { query: { status: 'draft', supplierId, number: 'PO-2026-000001' } },
    getPurchaseOrder: { params: await drafted() },
    updatePurchaseOrder: {
      params: await drafted(),
      body: {
        ...{ supplierId, siteId, currency: 'USD', expectedAt: '2031-01-01T00:00:00Z' },
        lines: [{ itemId, quantity: '11', unitPrice: '12.75' }],
      },
    },
    submitPurchaseOrder: { params: await drafted() },
    approvePurchaseOrder: { params: await submitted() },
    rejectPurchaseOrder: { params: await submitted(), body: reason },
    cancelPurchaseOrder: { params: await drafted(), body: reason },
    sendPurchaseOrder: {
      params: params((await approved(prepared)).id),
      body: { to: ['orders@supplier.example'], message: 'Please confirm.', resend: false },
    },
    listOrderMails: { params: await drafted() },
    closePurchaseOrder: { params: params(arrived.id), body: reason },
  };
}

async function receiptSamples(prepared: Prepared) {
  const order = await approved(prepared);
  const body = { lines: [{ lineId: order.lines[0]?.id, quantity: '1' }], reference: 'DN 1' };
  const receipt = await made(
    prepared.buyer.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, body),
  );
  return {
    createReceipt: { params: params(order.id), body },
    listReceipts: { params: params(order.id) },
    getReceipt: { params: { receiptId: receipt.id } },
  };
}

async function holdSamples(service: TestService, prepared: Prepared) {
  const order = await approved(prepared);
  await service.consume(fraudDetected, {
    ...{ messageId: newId(), supplierId: prepared.supplierId, purchaseOrderIds: [order.id] },
    ...{ reason: 'Another account', score: 96, findings: [] },
  });
  const read = await prepared.buyer.get(`/v1/purchasing/purchase-orders/${order.id}`);
  const hold = { holdId: read.body.paymentHold.id };
  return {
    listPaymentHolds: {
      query: {
        ...{ status: 'open', purchaseOrderId: order.id, supplierId: prepared.supplierId },
        invoiceId: newId(),
      },
    },
    getPaymentHold: { params: hold },
    releasePaymentHold: { params: hold, body: { reason: 'Called them' } },
  };
}
