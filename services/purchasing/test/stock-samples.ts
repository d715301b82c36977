import { receiptPosted, stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { TestService } from '@stockade/testing';
import { approved, knowItem, type Prepared } from './service.ts';

const level = { low: true, available: '3', reorderPoint: '10', reorderQuantity: '25' };

async function suggested(service: TestService, { buyer }: Prepared): Promise<{ suggestionId: string }> {
  const itemId = await knowItem(service);
  await service.consume(stockLevelChanged, { itemId, siteId: null, ...level }, { aggregateId: itemId });
  const { body } = await buyer.get(`/v1/purchasing/reorder-suggestions?itemId=${itemId}`);
  return { suggestionId: body.data[0].id };
}

/** Good requests of what happens between purchasing and the stock ledger. */
export async function stockSamples(service: TestService, prepared: Prepared) {
  const { supplierId, siteId, itemId, buyer } = prepared;
  const order = await approved(prepared);
  const lines = [{ lineId: order.lines[0]?.id, quantity: '1' }];
  const receipt = await buyer.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, { lines });
  const movements = [{ lineId: receipt.body.lines[0].id, movementId: newId() }];
  const posted = { receiptId: receipt.body.id, purchaseOrderId: order.id, movements, held: [] };
  await service.consume(receiptPosted, posted, { aggregateId: receipt.body.id });
  const suggestion = await suggested(service, prepared);
  return {
    reverseReceipt: { params: { receiptId: receipt.body.id }, body: { reason: 'Wrong goods' } },
    listReorderSuggestions: { query: { status: 'open', itemId, siteId } },
    getReorderSuggestion: { params: suggestion },
    orderReorderSuggestion: {
      params: suggestion,
      body: {
        ...{ supplierId, siteId, currency: 'EUR', quantity: '5', unitPrice: '2.50' },
        expectedAt: '2030-01-01T00:00:00Z',
      },
    },
    dismissReorderSuggestion: {
      params: await suggested(service, prepared),
      body: { reason: 'Discontinued' },
    },
  };
}
