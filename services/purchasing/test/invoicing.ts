import type { TestCaller, TestService } from '@stockade/testing';
import { approved, type Prepared, prepare } from './service.ts';

export const path = '/v1/purchasing/invoices';

let numbers = 0;

export const nextNumber = () => `RE-${++numbers}`;

interface OrderOfLine {
  id: string;
  number: string;
  lines: { id: string }[];
}

/** A clerk who enters invoices, beside the people of `prepare`. */
export async function prepareInvoices(service: TestService) {
  return { ...(await prepare(service)), clerk: service.as('operator') };
}

export type Invoicing = Awaited<ReturnType<typeof prepareInvoices>>;

export async function receive({ buyer }: Pick<Prepared, 'buyer'>, order: OrderOfLine, quantity: string) {
  const lines = [{ lineId: order.lines[0]?.id, quantity }];
  const answer = await buyer.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, { lines });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}

/** An approved order of 10 at 12.50, of which so much was received. */
export async function orderWith(prepared: Prepared, received: string): Promise<OrderOfLine> {
  const order = await approved(prepared, '10');
  if (received !== '0') await receive(prepared, order, received);
  return order;
}

/** The body of an invoice for the order's only line. */
export function invoiceFor(
  { supplierId }: Pick<Prepared, 'supplierId'>,
  order: OrderOfLine | null,
  line: object = {},
) {
  return {
    ...{ supplierId, number: nextNumber(), issuedAt: '2026-01-02T00:00:00Z', currency: 'EUR' },
    ...(order ? { purchaseOrderId: order.id } : {}),
    lines: [
      {
        ...(order ? { purchaseOrderLineId: order.lines[0]?.id } : {}),
        ...{ quantity: '10', unitPrice: '12.50', ...line },
      },
    ],
  };
}

/** Enters it, or tells why it cannot. */
export async function enter(caller: TestCaller, body: object) {
  const answer = await caller.post(path, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export const stepOf = (caller: TestCaller, id: string, step: string, body?: object, headers = {}) =>
  caller.post(`${path}/${id}/${step}`, body, headers);
