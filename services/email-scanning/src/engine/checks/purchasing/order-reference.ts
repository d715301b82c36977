import { finding } from '../../finding.ts';
import { concernedSupplier } from '../../related.ts';
import type { Check, Finding } from '../../types.ts';

const over = new Set(['closed', 'cancelled', 'draft']);

/** The orders that the mail names exist, are open, and are this supplier's. */
export const orderReference: Check = {
  id: 'order-reference',
  techniques: [],
  run(context) {
    const { references, knowledge } = context;
    // Without any knowledge (no server) nothing can be said.
    if (knowledge.tenant.suppliers.length === 0) return [];
    const supplier = concernedSupplier(context);
    const byNumber = new Map(knowledge.message.orders.map((order) => [order.number, order]));
    return references.orderNumbers.slice(0, 10).flatMap((number): Finding[] => {
      const order = byNumber.get(number);
      if (!order)
        return [
          finding('unknown-order', 20, `The mail names the order ${number}, which does not exist.`, {
            order: number,
          }),
        ];
      if (supplier && order.supplierId !== supplier.id) {
        return [
          finding(
            'order-of-another-supplier',
            45,
            `The mail seems to be from ${supplier.name}, but the order ${number} was placed with another supplier.`,
            { order: number },
          ),
        ];
      }
      if (over.has(order.status))
        return [
          finding('order-not-open', 15, `The order ${number} is ${order.status}.`, {
            order: number,
            status: order.status,
          }),
        ];
      return [
        finding('known-order', 0, `The mail is about the order ${number}.`, {
          order: number,
          status: order.status,
        }),
      ];
    });
  },
};
