import type { Test } from 'tap';
import { until } from '../demo/http.ts';
import type { StoryOutcome } from '../demo/story.ts';

/** What the story's things went through, each change once: what the audit has to hold, and nothing else. */
const expectedActions = [
  'email-scanning.message.create',
  'email-scanning.message.create',
  'email-scanning.message.scan',
  'email-scanning.message.scan',
  'inventory.item.create',
  'inventory.site.create',
  'purchasing.bank-account.propose',
  'purchasing.bank-account.verify',
  'purchasing.payment-hold.create',
  'purchasing.purchase-order.approve',
  'purchasing.purchase-order.create',
  'purchasing.purchase-order.submit',
  'purchasing.receipt.create',
  'purchasing.receipt.post',
  'purchasing.supplier.create',
];

/** Where the story ends, however often something died on the way. */
export async function expectFinalState(t: Test, outcome: StoryOutcome): Promise<void> {
  const { owner, second, order, item, site, hold, receipt } = outcome;
  const targets = [
    site,
    item,
    outcome.supplier,
    outcome.account,
    order,
    outcome.genuine,
    outcome.fraud,
    hold,
    receipt,
  ];
  const actions = async () => {
    const lists = await Promise.all(
      targets.map(({ id }) => owner.get(`/v1/audit/entries?targetId=${id}&limit=1000`)),
    );
    return lists.flatMap((list) => list.data.map((entry: { action: string }) => entry.action)).sort();
  };
  const audited = await until(
    'every entry is there',
    actions,
    (found) => found.length >= expectedActions.length,
  );
  t.strictSame(audited, expectedActions, 'every change has exactly one audit entry');

  const movements = await owner.get(`/v1/inventory/movements?itemId=${item.id}`);
  t.equal(movements.data.length, 1, 'one movement in the ledger');
  const balances = await owner.get(`/v1/inventory/balances?itemId=${item.id}`);
  t.strictSame(
    balances.data.map(({ onHand }: { onHand: string }) => onHand),
    ['60'],
    'the balance follows',
  );
  const held = await owner.get(`/v1/purchasing/purchase-orders/${order.id}`);
  t.match(held, {
    status: 'partially_received',
    lines: [{ quantity: '100', received: '60' }],
    paymentHold: { id: hold.id },
  });
  const receipts = await owner.get(`/v1/purchasing/purchase-orders/${order.id}/receipts`);
  t.strictSame(
    receipts.data.map(({ stockPosting }: { stockPosting: string }) => stockPosting),
    ['posted'],
    'one receipt, posted',
  );
  const holds = await owner.get(`/v1/purchasing/payment-holds?purchaseOrderId=${order.id}`);
  t.match(
    holds.data,
    [{ status: 'open', evidence: [{ messageId: outcome.fraud.id }] }],
    'one hold, with its evidence',
  );

  const release = `/v1/purchasing/payment-holds/${hold.id}/release`;
  const own = await owner.call('POST', release, { body: { reason: 'Looks fine to me' } });
  t.equal(own.status, 403, 'whoever made the order cannot lift the hold');
  await second.post(release, { reason: 'Called the supplier: the mail is forged, the account stays' });
  t.equal((await owner.get(`/v1/purchasing/purchase-orders/${order.id}`)).paymentHold, null);
}
