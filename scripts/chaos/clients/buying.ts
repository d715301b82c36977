import type { Client } from '../client.ts';
import { type Cast, makeItem, makes } from './cast.ts';

const orders = '/v1/purchasing/purchase-orders';
const table = 'purchasing.purchase_orders';

/** Orders, has it approved and mailed, receives in parts, takes a part back, enters the invoice and has that approved. */
export async function buyer(client: Client, { sites, second }: Cast): Promise<() => Promise<void>> {
  const { random, name, traffic } = client;
  const siteId = random.pick(sites).id;
  const code = `${name}-${traffic.seed}`.toUpperCase();
  const item = await makeItem(client, code);
  const supplier = await client.change({
    path: '/v1/purchasing/suppliers',
    body: {
      ...{ code, name: `Supplier of ${name}`, mailDomains: [`${name}.example`], currency: 'EUR' },
      contacts: [{ name: 'Sales', email: `sales@${name}.example` }],
    },
    effect: makes('purchasing.suppliers', 'purchasing.supplier'),
  });
  if (!item || !supplier) throw new Error('There is nothing to buy');
  let invoices = 0;

  const receiptOf = async (order: { id: string; lines: { id: string }[] }, quantity: number) =>
    client.change({
      path: `${orders}/${order.id}/receipts`,
      body: { lines: [{ lineId: order.lines[0]?.id, quantity: `${quantity}` }] },
      effect: (body) => ({
        made: [['purchasing.receipts', body.id]],
        state: [
          ['purchasing.receipts', body.id, 'stock_posting', 'posted'],
          [table, order.id, 'status', 'partially_received'],
        ],
        audit: [
          ['purchasing.receipt.create', body.id],
          ['purchasing.receipt.post', body.id],
        ],
        stock: [[item.id, siteId, quantity]],
      }),
    });

  const takeBack = async (receipt: { id: string }, quantity: number) => {
    await client.change({
      path: `/v1/purchasing/receipts/${receipt.id}/reverse`,
      // What is not in the ledger yet cannot be taken back.
      mayBeRefused: ['CONFLICT'],
      effect: () => ({
        state: [['purchasing.receipts', receipt.id, 'status', 'reversed']],
        audit: [
          ['purchasing.receipt.reverse', receipt.id],
          ['purchasing.receipt.reversal-post', receipt.id],
        ],
        stock: [[item.id, siteId, -quantity]],
      }),
    });
  };

  const invoice = async (order: { id: string; lines: { id: string }[] }, quantity: number) => {
    const entered = await client.change({
      path: '/v1/purchasing/invoices',
      body: {
        ...{ supplierId: supplier.id, number: `RE-${traffic.seed}-${++invoices}`, currency: 'EUR' },
        ...{ issuedAt: '2026-01-15T12:00:00.000Z', purchaseOrderId: order.id },
        lines: [{ purchaseOrderLineId: order.lines[0]?.id, quantity: `${quantity}`, unitPrice: '2.50' }],
      },
      effect: makes('purchasing.invoices', 'purchasing.invoice'),
    });
    if (!entered) return;
    await client.change({
      ...{ path: `/v1/purchasing/invoices/${entered.id}/approve`, as: second },
      effect: ({ id }) => ({
        state: [['purchasing.invoices', id, 'status', 'approved']],
        audit: [['purchasing.invoice.approve', id]],
      }),
    });
  };

  return async () => {
    const [first, more] = [random.integer(5, 20), random.integer(1, 10)];
    const [isMailed, isTakenBack] = [random.chance(0.6), random.chance(0.4)];
    const order = await client.change({
      path: orders,
      body: {
        ...{ supplierId: supplier.id, siteId, currency: 'EUR' },
        lines: [{ itemId: item.id, quantity: `${first + more + 5}`, unitPrice: '2.50' }],
      },
      effect: makes(table, 'purchasing.purchase-order'),
    });
    if (!order) return;
    const step = (verb: string, status: string) => ({
      path: `${orders}/${order.id}/${verb}`,
      effect: () => ({
        state: [[table, order.id, 'status', status]] as [string, string, string, string][],
        audit: [[`purchasing.purchase-order.${verb}`, order.id]] as [string, string][],
      }),
    });
    if ((await client.change(step('submit', 'pending_approval'))) === null) return;
    if ((await client.change({ ...step('approve', 'approved'), as: second })) === null) return;
    if (isMailed) {
      const { path, effect } = step('send', 'sent');
      await client.change({ path, effect: () => ({ ...effect(), orderMails: [order.number] }) });
    }
    const receipt = await receiptOf(order, first);
    const last = await receiptOf(order, more);
    if (last && isTakenBack) await takeBack(last, more);
    if (receipt) await invoice(order, first);
  };
}
