import type { InvoiceMatch } from '@stockade/contracts/purchasing';
import { type Micro, one, toDecimal, toMicro } from './decimals.ts';

export interface OrderedFacts {
  lineId: string;
  itemId: string;
  ordered: string;
  received: string;
  price: string;
  /** On other invoices that come first, and on lines above in this one. */
  invoicedBefore: string;
  /** Some of those other invoices' numbers. */
  otherNumbers: readonly string[];
}

export interface LineFacts {
  id: string;
  quantity: string;
  unitPrice: string;
  /** The order's line that it names, if it names one. */
  order: OrderedFacts | null;
}

export interface Tolerances {
  priceTolerance: string;
  quantityTolerance: string;
}

export type Difference = InvoiceMatch['differences'][number];

/** How it is told to a person: `0`, `2.5 %`. */
const percent = (share: string) => (toMicro(share) === 0n ? '0' : `${toDecimal(toMicro(share), 4)} %`);

const distance = (a: Micro, b: Micro) => (a > b ? a - b : b - a);

/**
 * Invoiced ≤ received × (1 + tolerance), over all invoices of the order's line: the law that the constraint
 * `purchase_order_lines_not_over_invoiced` keeps.
 */
function quantityDifference(
  line: number,
  { quantity, order }: LineFacts & { order: OrderedFacts },
  tolerance: string,
): Difference | null {
  const { received, invoicedBefore, otherNumbers } = order;
  const total = toMicro(invoicedBefore) + toMicro(quantity);
  const most = toMicro(received) * (one + toMicro(tolerance));
  if (total * one <= most) return null;
  const found = { line, expected: toDecimal(most, 12), actual: toDecimal(total, 6) };
  const others = otherNumbers.length > 0 ? ` (invoice ${otherNumbers.join(', ')})` : '';
  const invoiced =
    toMicro(invoicedBefore) === 0n
      ? `${quantity} invoiced`
      : `${quantity} invoiced and ${invoicedBefore} before${others}`;
  if (toMicro(received) === 0n) {
    const message = `Line ${line}: ${invoiced}, but nothing received yet: wait for the goods.`;
    return { ...found, kind: 'not_received', message };
  }
  const message = `Line ${line}: ${invoiced}, but only ${received} received (tolerance ${percent(tolerance)}): wait for the goods or ask for a credit note.`;
  return { ...found, kind: 'quantity', message };
}

/** |invoice's price − order's price| ≤ order's price × tolerance. */
function priceDifference(
  line: number,
  { unitPrice, order }: LineFacts & { order: OrderedFacts },
  tolerance: string,
): Difference | null {
  const ordered = toMicro(order.price);
  if (distance(toMicro(unitPrice), ordered) * one <= ordered * toMicro(tolerance)) return null;
  return {
    line,
    kind: 'price',
    expected: order.price,
    actual: unitPrice,
    message: `Line ${line}: a unit price of ${unitPrice} invoiced, but ${order.price} ordered (tolerance ${percent(tolerance)}): ask for a corrected invoice.`,
  };
}

function lineDifferences(line: number, facts: LineFacts, tolerances: Tolerances): Difference[] {
  const { order } = facts;
  if (!order) {
    const message = `Line ${line} is for nothing that was ordered: ask what it is for.`;
    return [{ line, kind: 'not_ordered', expected: null, actual: facts.quantity, message }];
  }
  return [
    quantityDifference(line, { ...facts, order }, tolerances.quantityTolerance),
    priceDifference(line, { ...facts, order }, tolerances.priceTolerance),
  ].filter((difference) => difference !== null);
}

const noOrder: Difference = {
  line: null,
  kind: 'no_order',
  expected: null,
  actual: null,
  message: 'The invoice names no purchase order: cancel it and enter it with its order.',
};

/** All that a person would have to ask the supplier or a colleague about before the invoice is paid. */
export function findDifferences(
  orderId: string | null,
  lines: readonly LineFacts[],
  tolerances: Tolerances,
): Difference[] {
  if (orderId === null) return [noOrder];
  return lines.flatMap((facts, at) => lineDifferences(at + 1, facts, tolerances));
}
