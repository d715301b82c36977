import { finding } from '../../finding.ts';
import { type Amount, findAmounts } from '../../money/amounts.ts';
import { exceeds, millionths } from '../../money/decimal.ts';
import { plainDigits } from '../../money/plain-digits.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import type { Check, CheckContext, Finding, Order } from '../../types.ts';

/** Value added tax of up to 27% (Hungary) and a little freight: what goes beyond does not fit. In per cent of the order. */
const fits = 130;
const doubled = 200;
const maxText = 60_000;

const largest = (amounts: readonly Amount[]) =>
  amounts.reduce<Amount | null>((most, amount) => (most && most.value >= amount.value ? most : amount), null);

/** What the mail asks for: what it calls a total; of a mail that names one amount only, that. */
function asked(context: CheckContext): Amount[] {
  const amounts = findAmounts(plainDigits(context.reading.everything.slice(0, maxText)));
  const totals = amounts.filter(({ total }) => total);
  if (totals.length > 0) return totals;
  const values = new Set(amounts.map(({ value }) => value));
  return values.size === 1 && isAboutMoney(context) ? amounts : [];
}

function judge(amounts: readonly Amount[], orders: readonly Order[], claimed: boolean): Finding[] {
  const [currency = '', ...others] = new Set(orders.map((order) => order.currency));
  // Orders in several currencies have no sum.
  if (others.length > 0) return [];
  const numbers = orders.map(({ number }) => number).join(', ');
  const comparable = amounts.filter((amount) => amount.currency === null || amount.currency === currency);
  const amount = largest(comparable.length > 0 ? comparable : amounts);
  if (!amount) return [];
  const evidence = { amount: amount.text, orders: numbers, currency };
  if (comparable.length === 0) {
    const explanation = `The mail asks for ${amount.text}, but the order ${numbers} is in ${currency}.`;
    return [finding('order-currency-mismatch', claimed ? 35 : 25, explanation, evidence)];
  }
  const total = orders.reduce((sum, order) => sum + (millionths(order.total) ?? 0n), 0n);
  if (total <= 0n || !exceeds(amount.value, fits, total)) return [];
  const score = (exceeds(amount.value, doubled, total) ? 35 : 30) + (claimed ? 10 : 0);
  const ordered = orders.map((order) => order.total).join(' + ');
  const explanation = `The mail asks for ${amount.text}, but ${numbers} comes to ${ordered} ${currency} without tax.`;
  return [finding('amount-exceeds-order', score, explanation, { ...evidence, ordered })];
}

/** The amount that the mail asks for fits the orders that it names. Less is a partial invoice, and fine. */
export const orderAmount: Check = {
  id: 'order-amount',
  techniques: [
    {
      id: 'amount-exceeds-order',
      title: 'Amount above the order',
      description:
        'The mail asks for more than the orders that it names come to with the highest tax (+30%). Amounts are compared exactly; partial invoices are fine.',
      maxScore: 45,
    },
    {
      id: 'order-currency-mismatch',
      title: 'Other currency than the order',
      description: 'The mail asks for money in another currency than that of the order.',
      maxScore: 35,
    },
  ],
  run(context) {
    const { supplier, tie, orders } = concernOf(context);
    const theirs = orders.filter((order) => !supplier || order.supplierId === supplier.id);
    if (theirs.length === 0) return [];
    // Of a supplier's own mail it may be a statement over more than the order that it names.
    return judge(asked(context), theirs, tie !== 'sender');
  },
};
