import type { Sample, TestService } from '@stockade/testing';
import { enter, invoiceFor, nextNumber, orderWith, prepareInvoices, stepOf } from './invoicing.ts';
import { iban } from './service.ts';

/** A good request of every operation on invoices and settings, each with an invoice of its own to use up. */
export async function invoiceSamples(service: TestService): Promise<Record<string, Sample>> {
  const prepared = await prepareInvoices(service);
  const { clerk, buyer, supplierId } = prepared;
  const order = await orderWith(prepared, '10');
  const entered = async () => {
    const { id } = await enter(clerk, invoiceFor(prepared, order, { quantity: '1' }));
    return { invoiceId: id };
  };
  const held = await entered();
  await stepOf(buyer, held.invoiceId, 'hold', { reason: 'Odd' });
  const body = invoiceFor(prepared, order, { quantity: '1', description: 'Goods' });
  const reason = { reason: 'Called them' };
  const tolerances = { receiptTolerance: '0.05', priceTolerance: '0.05', quantityTolerance: '0.05' };
  return {
    createInvoice: { body: { ...body, bankAccount: { iban, bic: 'COBADEFF' } } },
    listInvoices: {
      query: { status: 'received', supplierId, purchaseOrderId: order.id, number: nextNumber() },
    },
    getInvoice: { params: await entered() },
    matchInvoice: { params: await entered() },
    approveInvoice: { params: await entered(), body: { acceptDifferences: true, ...reason } },
    holdInvoice: { params: await entered(), body: reason },
    releaseInvoice: { params: held, body: reason },
    cancelInvoice: { params: await entered(), body: reason },
    getSettings: {},
    updateSettings: { body: { approvalThreshold: '5000', ...tolerances } },
  };
}
