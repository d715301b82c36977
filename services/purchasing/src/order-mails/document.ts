import { formatDate, formatDecimal, formatMoney, oneLine } from './format.ts';

/** One line of an order as it is stored, with what it costs. */
export interface DocumentLine {
  sku: string;
  name: string;
  unit: string;
  quantity: string;
  unitPrice: string;
  /** Rounded to the currency's smallest unit. */
  amount: string;
}

export interface DocumentFacts {
  number: string;
  buyer: string;
  orderedBy: string;
  supplier: { code: string; name: string };
  site: { code: string; name: string };
  currency: string;
  /** Of the currency (ISO 4217). */
  decimals: number;
  total: string;
  orderedAt: Date;
  expectedAt: Date | null;
  message: string | null;
  lines: readonly DocumentLine[];
}

/** What an order says to its supplier, as texts: mail and PDF show the same. */
export interface OrderDocument {
  title: string;
  facts: { label: string; value: string }[];
  message: string | null;
  lines: { sku: string; name: string; quantity: string; unitPrice: string; amount: string }[];
  total: string;
}

export const columnTitles = {
  sku: 'SKU',
  name: 'Item',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  amount: 'Amount',
};

export function describeOrder(order: DocumentFacts): OrderDocument {
  const { currency, decimals } = order;
  const named = ({ code, name }: { code: string; name: string }) => `${oneLine(name)} (${oneLine(code)})`;
  return {
    title: `Purchase order ${order.number}`,
    facts: [
      { label: 'Buyer', value: oneLine(order.buyer) },
      { label: 'Ordered by', value: oneLine(order.orderedBy) },
      { label: 'Ordered', value: formatDate(order.orderedAt) },
      { label: 'Supplier', value: named(order.supplier) },
      { label: 'Deliver to', value: named(order.site) },
      ...(order.expectedAt ? [{ label: 'Expected', value: formatDate(order.expectedAt) }] : []),
      { label: 'Currency', value: currency },
    ],
    message: order.message,
    lines: order.lines.map((line) => ({
      sku: oneLine(line.sku),
      name: oneLine(line.name),
      quantity: `${formatDecimal(line.quantity)} ${line.unit}`,
      unitPrice: formatDecimal(line.unitPrice, decimals),
      amount: formatDecimal(line.amount, decimals),
    })),
    total: formatMoney(order.total, currency, decimals),
  };
}
