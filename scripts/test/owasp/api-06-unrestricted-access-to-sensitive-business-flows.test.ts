import { randomBytes } from 'node:crypto';
import t from 'tap';
import { type Answer, Person } from '../../demo/http.ts';
import { json, request, startPlatform } from './platform.ts';

const platform = await startPlatform(t);
const { url, owner } = platform;
const colleague = await platform.newPerson('manager');
const second = await Person.signIn(url, colleague.email, colleague.password);
const fresh = (kind: string) => `${kind}-${randomBytes(4).toString('hex')}`;
const [inventory, purchasing] = ['/v1/inventory', '/v1/purchasing'];
const times = <T>(count: number, make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const good = (answers: Answer[]) => answers.filter(({ status }) => status < 300).length;

async function stock(quantity: string) {
  const site = await owner.post(`${inventory}/sites`, { code: fresh('S'), name: 'Site' });
  const item = await owner.post(`${inventory}/items`, { sku: fresh('I'), name: 'Part', unit: 'each' });
  const place = { itemId: item.id, siteId: site.id };
  await owner.post(`${inventory}/movements`, { type: 'RECEIVE', ...place, quantity });
  return { site, item, place };
}

async function draft(quantity = '10') {
  const { site, item } = await stock('1');
  const supplier = await owner.post(`${purchasing}/suppliers`, {
    code: fresh('SUP'),
    name: 'Supplier',
    mailDomains: [],
  });
  const order = await owner.post(`${purchasing}/purchase-orders`, {
    ...{ supplierId: supplier.id, siteId: site.id, currency: 'EUR' },
    lines: [{ itemId: item.id, quantity, unitPrice: '2' }],
  });
  return { order, supplier, path: `${purchasing}/purchase-orders/${order.id}` };
}

t.test('two people: nobody approves what is his own, with his key neither', async (t) => {
  const { path } = await draft();
  await owner.post(`${path}/submit`);
  t.equal((await owner.call('POST', `${path}/approve`)).status, 403);
  t.equal(
    (await request(`${url}${path}/approve`, 'POST', platform.key)).status,
    403,
    'a key of the same person',
  );
  const another = await platform.newKey(['purchasing:approve']);
  t.equal(
    (await request(`${url}${path}/approve`, 'POST', { authorization: another.authorization })).status,
    403,
    'a new key of the same person',
  );
  t.equal((await second.call('POST', `${path}/approve`)).status, 200);
});

t.test('two people for where a supplier is paid', async (t) => {
  const { supplier } = await draft();
  const accounts = `${purchasing}/suppliers/${supplier.id}/bank-accounts`;
  const account = await owner.post(accounts, { holder: 'Supplier', iban: 'DE89370400440532013000' });
  t.equal((await owner.call('POST', `${accounts}/${account.id}/verify`)).status, 403);
  t.equal((await request(`${url}${accounts}/${account.id}/verify`, 'POST', platform.key)).status, 403);
  t.equal((await second.call('POST', `${accounts}/${account.id}/verify`)).status, 200);
  const patched = await owner.call('PATCH', `${purchasing}/suppliers/${supplier.id}`, {
    body: { iban: 'GB29NWBK60161331926819' },
  });
  t.equal(patched.status, 400, 'and there is no other way to it');
});

t.test('no step of an order is left out or made twice', async (t) => {
  const { order, path } = await draft();
  const receipt = { lines: [{ lineId: order.lines[0].id, quantity: '1' }] };
  for (const step of ['approve', 'reject', 'send', 'close'])
    t.equal((await second.call('POST', `${path}/${step}`, { body: {} })).status, 409, `${step} of a draft`);
  t.equal((await owner.call('POST', `${path}/receipts`, { body: receipt })).status, 409, 'goods for a draft');
  t.equal(good(await times(5, () => owner.call('POST', `${path}/submit`))), 1, 'submitted once');
  t.equal(
    (await owner.call('PATCH', path, { body: { currency: 'USD' } })).status,
    409,
    'no change after that',
  );
  t.equal(good(await times(5, () => second.call('POST', `${path}/approve`))), 1, 'approved once');
});

t.test('of ten receipts at once no more is received than was ordered', async (t) => {
  const { order, path } = await draft('10');
  await owner.post(`${path}/submit`);
  await second.post(`${path}/approve`);
  const receipt = { lines: [{ lineId: order.lines[0].id, quantity: '4' }] };
  const answers = await times(10, () => owner.call('POST', `${path}/receipts`, { body: receipt }));
  t.equal(good(answers), 2);
  t.ok(answers.every(({ status }) => status === 201 || status === 409));
});

t.test('the last of the stock is given once: issues and reservations at once', async (t) => {
  const { place } = await stock('10');
  const issues = await times(10, () =>
    owner.call('POST', `${inventory}/movements`, { body: { type: 'ISSUE', ...place, quantity: '3' } }),
  );
  t.equal(good(issues), 3);
  t.ok(issues.every(({ status }) => status === 201 || status === 409));
  const other = (await stock('10')).place;
  const held = await times(10, () =>
    owner.call('POST', `${inventory}/reservations`, { body: { ...other, quantity: '3' } }),
  );
  t.equal(good(held), 3);
  for (const [type, quantity] of [
    ['ISSUE', '-5'],
    ['ISSUE', '0'],
    ['RECEIVE', '-1'],
    ['ISSUE', '99999999999999'],
    ['TRANSFER', '-1'],
  ])
    t.ok(
      (await owner.call('POST', `${inventory}/movements`, { body: { type, ...place, quantity } })).status >=
        400,
      `${type} ${quantity}`,
    );
});

t.test('one invoice is one, however its number is written and however often it comes', async (t) => {
  const { supplier, order, path } = await draft('10');
  await owner.post(`${path}/submit`);
  await second.post(`${path}/approve`);
  const number = fresh('RE').toUpperCase();
  const invoice = (as: string) =>
    owner.call('POST', `${purchasing}/invoices`, {
      body: {
        ...{ supplierId: supplier.id, purchaseOrderId: order.id, number: as, currency: 'EUR' },
        issuedAt: new Date(Date.now() - 60_000).toISOString(),
        lines: [{ purchaseOrderLineId: order.lines[0].id, quantity: '1', unitPrice: '2' }],
      },
    });
  const spellings = [
    number,
    number.toLowerCase(),
    number.replace('-', ''),
    `${number.replace('-', ' ')} `,
    number.replace('-', '/'),
  ];
  t.equal(good(await times(10, (at) => invoice(spellings[at % spellings.length] as string))), 1);
});

t.test('the same call again has the effect of one', async (t) => {
  const { place } = await stock('5');
  const body = JSON.stringify({ type: 'ISSUE', ...place, quantity: '5' });
  const headers = { ...platform.key, ...json, 'idempotency-key': fresh('again') };
  const answers = await times(10, () => request(`${url}${inventory}/movements`, 'POST', headers, body));
  t.ok(answers.every(({ status }) => status === 201 || status === 409));
  t.equal(new Set(answers.filter(({ status }) => status === 201).map((answer) => answer.body.id)).size, 1);
  const balance = await owner.get(`${inventory}/balances?itemId=${place.itemId}`);
  t.equal(balance.data[0].onHand, '0');
});

t.test('who counts is not who approves, nor sees what is expected', async (t) => {
  const { site, item } = await stock('10');
  const planned = await second.post(`${inventory}/cycle-counts`, {
    siteId: site.id,
    itemIds: [item.id],
    counterId: owner.user.id,
  });
  const path = `${inventory}/cycle-counts/${planned.id}`;
  await second.post(`${path}/start`);
  const seen = await owner.get(path);
  t.equal(seen.lines[0].expected, null);
  await owner.post(`${path}/submit`, { lines: [{ lineId: seen.lines[0].id, quantity: '9' }] });
  t.equal((await owner.call('POST', `${path}/approve`, { body: { reason: 'Mine' } })).status, 403);
  t.equal(
    good(await times(5, () => second.call('POST', `${path}/approve`, { body: { reason: 'Looked' } }))),
    1,
    'it is posted once',
  );
});
