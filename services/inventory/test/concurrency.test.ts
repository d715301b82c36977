import { inTenant } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { lockItemPolicy } from '../src/ledger/goods.ts';
import { tally, times } from './at-once.ts';
import {
  makeItem,
  makeLocation,
  makeSite,
  makeStock,
  move,
  onHand,
  startInventory,
  unbalancedPlaces,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

t.test('a balance that many make at once is one', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const answers = await times(40, () => move(owner, { itemId: item.id, siteId: site.id, quantity: '1' }));
  t.strictSame(tally(answers), { 201: 40 });
  t.equal(await onHand(owner, item.id, site.id), '40');
});

t.test('only one of many who expect the same on hand is right', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const answers = await times(20, () =>
    move(owner, { itemId: item.id, siteId: site.id, quantity: '1', expectedOnHand: '5' }),
  );
  t.strictSame(tally(answers), { 201: 1, '409 CONFLICT': 19 });
});

t.test('a movement is taken back once, whoever asks at once', async (t) => {
  const { item, site, movement } = await makeStock(owner, '5');
  const answers = await times(20, () => owner.post(`/v1/inventory/movements/${movement.id}/reverse`));
  t.strictSame(tally(answers), { 201: 1, '409 CONFLICT': 19 });
  t.equal(await onHand(owner, item.id, site.id), '0');
});

t.test('a posting waits for a change of its item, and goes by what it became', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner, { allowNegative: true })];
  let answered = false;
  const posting = await inTenant(service.service.db, service.tenantId, async (trx) => {
    await lockItemPolicy(trx, item.id);
    await trx.updateTable('items').set({ allow_negative: false }).where('id', '=', item.id).execute();
    const answer = move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1' });
    void answer.then(() => {
      answered = true;
    });
    await eventually('the posting waits or is answered', async () => {
      const waiting = await service.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'",
      );
      return answered || waiting.length > 0;
    });
    return { answer };
  });
  t.match(await posting.answer, { status: 409, body: { error: { code: 'INSUFFICIENT_STOCK' } } });
  t.equal(await onHand(owner, item.id, site.id), '');
});

t.test('a random run of many at once keeps ledger and balances together', async (t) => {
  const [one, two] = [await makeSite(owner), await makeSite(owner)];
  const shelf = await makeLocation(owner, one.id);
  const items = [
    await makeItem(owner, { unit: 'kg' }),
    await makeItem(owner, { unit: 'kg', allowNegative: true }),
  ];
  const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T;
  const randomMovement = () => {
    const type = pick(['RECEIVE', 'RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER'] as const);
    const size = (Math.random() * 20 + 0.000001).toFixed(6);
    return {
      type,
      itemId: pick(items).id,
      siteId: one.id,
      quantity: type === 'ADJUST' && Math.random() < 0.5 ? `-${size}` : size,
      ...(Math.random() < 0.5 ? { locationId: shelf.id } : {}),
      ...(type === 'TRANSFER' ? { toSiteId: two.id } : {}),
    };
  };
  const posted: string[] = [];
  const answers = await times(150, async (i) => {
    const batch = i % 5 === 0;
    const answer = batch
      ? await owner.post('/v1/inventory/movements/batch', {
          movements: Array.from({ length: 6 }, randomMovement),
        })
      : await owner.post('/v1/inventory/movements', randomMovement());
    if (answer.status === 201) {
      const made = batch ? answer.body.movements : [answer.body];
      posted.push(...made.map((movement: { id: string }) => movement.id));
    }
    return answer;
  });
  const reversals = await times(30, () => owner.post(`/v1/inventory/movements/${pick(posted)}/reverse`));
  for (const answer of [...answers, ...reversals])
    t.ok(answer.status === 201 || answer.status === 409, `${answer.status}`);
  t.ok(posted.length > 50, 'enough of them went through');
  const below = await service.query('select id from balances where on_hand < 0 and not allow_negative');
  t.strictSame(below, []);
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
  const doubled = await service.query(`
    select m.id from movements m join ledger_entries e on (e.tenant_id, e.movement_id) = (m.tenant_id, m.id)
    group by m.id, m.type having count(*) <> case m.type when 'TRANSFER' then 2 else 1 end`);
  t.strictSame(doubled, [], 'each movement has its entries once');
  const bare = await service.query(
    'select id from movements where id not in (select movement_id from ledger_entries)',
  );
  t.strictSame(bare, []);
});
