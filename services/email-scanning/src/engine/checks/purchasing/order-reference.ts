import { finding } from '../../finding.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import type { Check, CheckContext, Finding, Order } from '../../types.ts';

const over = new Set(['closed', 'cancelled', 'draft']);
const maxOrders = 10;

function judge(context: CheckContext, number: string, order: Order | undefined): Finding {
  const { supplier, tie } = concernOf(context);
  const asksMoney = isAboutMoney(context);
  if (!order) {
    const claims = tie === 'imitation' || tie === 'name';
    const score = claims ? 40 : asksMoney && tie === 'sender' ? 30 : 20;
    return finding('unknown-order', score, `The mail names the order ${number}, which does not exist.`, {
      order: number,
    });
  }
  if (supplier && order.supplierId !== supplier.id && tie !== 'account' && tie !== 'mention') {
    const explanation = `The mail seems to be from ${supplier.name}, but the order ${number} was placed with another supplier.`;
    // Carriers and the like, being suppliers themselves, write about other suppliers' orders.
    const score = tie !== 'sender' ? 45 : asksMoney ? 35 : 10;
    return finding('order-of-another-supplier', score, explanation, { order: number });
  }
  if (over.has(order.status)) {
    // Of an order that was never sent nobody outside can know the number.
    const score = order.status === 'closed' || !asksMoney ? 15 : 30;
    return finding('order-not-open', score, `The order ${number} is ${order.status}.`, {
      order: number,
      status: order.status,
    });
  }
  return finding('known-order', 0, `The mail is about the order ${number}.`, {
    order: number,
    status: order.status,
  });
}

/** The orders that the mail names exist, are open, and are this supplier's. */
export const orderReference: Check = {
  id: 'order-reference',
  techniques: [
    {
      id: 'unknown-order',
      title: 'Order that does not exist',
      description: 'The mail names a purchase order that the tenant never made.',
      maxScore: 40,
    },
    {
      id: 'order-of-another-supplier',
      title: 'Order of another supplier',
      description: 'The mail names a purchase order that was placed with another supplier than its sender.',
      maxScore: 45,
    },
    {
      id: 'order-not-open',
      title: 'Order that is not open',
      description: 'The mail names a purchase order that is closed, cancelled or still a draft.',
      maxScore: 30,
    },
    {
      id: 'known-order',
      title: 'Order that is known',
      description: 'The mail names an open purchase order of this supplier. It tells, and does not weigh.',
      maxScore: 0,
    },
  ],
  run(context) {
    const { references, knowledge } = context;
    // Without any knowledge (no server) nothing can be said.
    if (knowledge.tenant.suppliers.length === 0 || references.orderNumbers.length === 0) return [];
    const byNumber = new Map(knowledge.message.orders.map((order) => [order.number, order]));
    return references.orderNumbers
      .slice(0, maxOrders)
      .map((number) => judge(context, number, byNumber.get(number)));
  },
};
