import { inTenant } from '@stockade/database';
import pg from 'pg';
import t from 'tap';
import { lockItemPolicy } from '../src/ledger/goods.ts';
import { tally, times } from './at-once.ts';
import { makeItem, makeSite, makeStock, move, onHand, startInventory, unbalancedPlaces } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

t.test('an answer that is lost at the commit posts nothing twice', async (t) => {
  const { item, site } = await makeStock(owner, '1');
  const original = pg.Client.prototype.query;
  let commits = 0;
  // The connection breaks when the database has committed a group, before it can say so.
  pg.Client.prototype.query = async function lose(this: pg.Client, ...args: unknown[]) {
    const [text] = args as [string | { text: string }];
    const answer = await (original as (...given: unknown[]) => Promise<unknown>).apply(this, args);
    if ((typeof text === 'string' ? text : text.text) === 'commit' && ++commits === 2)
      throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
    return answer;
  } as never;
  const answers = await times(10, () => move(owner, { itemId: item.id, siteId: site.id, quantity: '1' }));
  pg.Client.prototype.query = original;
  const lost = answers.filter(({ status }) => status >= 500).length;
  t.ok(lost > 1, `${lost} of a group were told that it is not known`);
  t.equal(await onHand(owner, item.id, site.id), '11', 'and all were posted once');
});

t.test('one locked item does not keep the others waiting', async (t) => {
  const [blocked, free] = [await makeStock(owner, '5'), await makeStock(owner, '5')];
  const issue = ({ item, site }: typeof blocked) =>
    move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1' });
  const waiting = await inTenant(service.service.db, service.tenantId, async (trx) => {
    await lockItemPolicy(trx, blocked.item.id);
    // The first goes alone and waits; the group after it has one that must wait, and others that need not.
    const stuck = [issue(blocked), issue(blocked)];
    const answers = await Promise.race([
      times(4, () => issue(free)),
      new Promise<'none'>((resolve) => setTimeout(resolve, 8_000, 'none')),
    ]);
    t.not(answers, 'none', 'the others were answered while the item was locked');
    return { stuck };
  });
  t.strictSame(tally(await Promise.all(waiting.stuck)), { 201: 2 });
});

t.test('who is refused at a new place leaves no balance, and does not tear the others apart', async (t) => {
  const { item, site } = await makeStock(owner, '50');
  const elsewhere = await makeSite(owner);
  const other = await makeItem(owner);
  const answers = await times(30, (at) =>
    at === 7
      ? move(owner, { itemId: other.id, siteId: elsewhere.id, type: 'ISSUE', quantity: '1' })
      : move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1' }),
  );
  t.strictSame(tally(answers), { 201: 29, '409 INSUFFICIENT_STOCK': 1 });
  t.strictSame(await service.query('select id from balances where item_id = $1', [other.id]), []);
  const transactions = await service.query(
    'select distinct xmin::text from movements where item_id = $1 and type = $2',
    [item.id, 'ISSUE'],
  );
  t.ok(transactions.length <= 6, `${transactions.length} transactions`);
});

t.test('the ledger is balanced', async (t) => t.strictSame(await unbalancedPlaces(service), []));
