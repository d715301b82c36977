import t from 'tap';
import { judge, mail, order } from '../knowledge.ts';
import { found, freeMailSender, number } from './found.ts';

const orders = [order(number)];

t.test('a change of bank details', async (t) => {
  const body = 'Our bank details have changed, please ask for the new ones.';
  t.strictSame(await found(mail({ body })), { 'bank-change-request': 76 });
  t.strictSame(
    await found(mail({ body, from: 'a@b.example' })),
    { 'bank-change-request': 15 },
    'nobody of ours',
  );
  t.strictSame(
    await found(mail({ body, from: 'olive@demo.example' })),
    { 'bank-change-request': 15 },
    'a colleague',
  );
  t.strictSame(await found(mail({ body: 'Our bank details have not changed.' })), {});
});

t.test('orders', async (t) => {
  const about = (known: typeof orders, body = 'Please pay the invoice.', from?: string) =>
    found(mail({ subject: number, body, ...(from ? { from } : {}) }), { orders: known });
  t.strictSame(await about(orders), {});
  t.strictSame(await about([]), { 'unknown-order': 30 });
  t.match(await about([], 'Please pay.', freeMailSender), { 'unknown-order': 40 });
  t.strictSame(await about([order(number, 's1', 'closed')]), { 'order-not-open': 15 });
  t.strictSame(await about([order(number, 's1', 'cancelled')]), { 'order-not-open': 30 });
  t.strictSame(await about([order(number, 's2')]), { 'order-of-another-supplier': 35 });
  t.strictSame(
    await about([order(number, 's2')], 'It arrives on Monday.'),
    { 'order-of-another-supplier': 10 },
    'a carrier',
  );
  for (const written of [
    'PO 2026 000042',
    'po2026-000042',
    'PO–2026–000042',
    'P.O. 2026/000042',
    'PO-2026-\u200b000042',
  ])
    t.strictSame(await found(mail({ body: written }), { orders: [] }), { 'unknown-order': 30 }, written);
  for (const none of ['PO-2026-0000421', 'PO-26-000042', 'EXPO-2026-000042', 'PO Box 2026'])
    t.strictSame(await found(mail({ body: none }), { orders: [] }), {}, none);
});

t.test('amounts', async (t) => {
  const asks = (body: string, from?: string) =>
    found(mail({ body: `${number}\n${body}`, ...(from ? { from } : {}) }), { orders });
  t.strictSame(await asks('Total: 1.487,50 EUR'), {}, 'with tax');
  t.strictSame(await asks('Total: 400,00 EUR'), {}, 'a part');
  t.strictSame(await asks('Total: EUR 1,625.00'), {}, 'exactly as much as fits');
  t.strictSame(await asks('Total: EUR 1,625.01'), { 'amount-exceeds-order': 30 });
  t.strictSame(await asks('Total: 9.999,00 €'), { 'amount-exceeds-order': 35 });
  t.match(await asks('Total: 9.999,00 €', freeMailSender), { 'amount-exceeds-order': 45 });
  t.strictSame(await asks('Total: USD 1,250.00'), { 'order-currency-mismatch': 25 });
  t.strictSame(await asks('Total: USD 1,350.00, total: EUR 1,250.00'), {}, 'in both');
  t.strictSame(await asks('Insured up to 1,000,000 EUR, price list 5 EUR'), {}, 'no total');
});

t.test('ways to pay', async (t) => {
  const asks = (body: string, headers: string[] = []) => found(mail({ body, headers }), { orders: [] });
  t.strictSame(await asks('Please pay our invoice in Bitcoin.'), { 'irrevocable-payment': 77 });
  t.strictSame(await asks('Pay the invoice by PayPal instead of the account.'), { 'private-payment': 40 });
  t.strictSame(await asks('Pay and win a gift card!', ['List-Id: <news.nordwind-metall.example>']), {
    'irrevocable-payment': 15,
  });
  t.strictSame(await asks('We accept PayPal. Pay the invoice by Monday.'), { 'private-payment': 5 });
  t.strictSame(await asks('Bitcoin is in the news.'), {});
});

t.test('remittance advice', async (t) => {
  const to = (address: string) =>
    found(mail({ subject: 'Payments', body: `Send remittance advice for payments to ${address}.` }));
  t.strictSame(await to('nordwind@gmail.com'), { 'remittance-to-stranger': 60 });
  t.strictSame(await to('x@desk.example'), { 'remittance-to-stranger': 40 });
  t.strictSame(await to('avis@nordwind-metall.example'), {});
});

t.test('a stranger who wants money for an order', async (t) => {
  const asks = (body: string) => found(mail({ from: 'a@b.example', subject: number, body }), { orders });
  t.strictSame(await asks('Please pay the invoice.'), { 'stranger-invoices-order': 38 });
  t.strictSame(await asks('The goods arrive on Monday.'), {}, 'a carrier');
});

t.test('payments are held for fraud, and for nothing else', async (t) => {
  const fraud = await judge(mail({ subject: number, body: 'Our bank details have changed.' }), { orders });
  t.match(fraud, {
    verdict: 'malicious',
    fraud: { supplierId: 's1', purchaseOrderIds: [`o-${number}`], reason: /bank details/ },
  });
  const poser = mail({ from: '"Olive Owner" <x@gmail.com>', subject: 'Hi', body: 'Pay today, urgent!' });
  t.match(await judge(poser), { verdict: 'malicious', fraud: null }, 'it concerns no supplier');
  t.match(await judge(mail({ subject: number, body: 'Thank you.' }), { orders }), {
    verdict: 'clean',
    fraud: null,
  });
});

t.test('without suppliers nothing is looked for', async (t) => {
  const body = `${number} Total: 9.999 EUR. Pay to GB29NWBK60161331926819 in Bitcoin today.`;
  t.strictSame(await found(mail({ body }), { suppliers: [], users: [], ownDomains: [] }), {});
});
