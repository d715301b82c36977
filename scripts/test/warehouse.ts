import { randomBytes } from 'node:crypto';
import { Person, until } from '../demo/http.ts';

interface Credentials {
  url: string;
  email: string;
  password: string;
}

const inventory = '/v1/inventory';
const purchasing = '/v1/purchasing';

export interface Warehouse {
  owner: Person;
  second: Person;
  site: { id: string };
  other: { id: string };
  item: { id: string };
  product: { id: string };
}

/** Two people, two sites, an item with 100 in stock, and one that is made of it. */
export async function openWarehouse({ url, email, password }: Credentials): Promise<Warehouse> {
  const run = randomBytes(3).toString('hex');
  const owner = await Person.signIn(url, email, password);
  const colleague = { email: `second-${run}@demo.example`, password: `Second-pair-of-eyes-${run}` };
  await owner.post('/v1/identity/users', { ...colleague, name: 'Ada Approver', role: 'manager' });
  const second = await Person.signIn(url, colleague.email, colleague.password);
  const site = await owner.post(`${inventory}/sites`, { code: `A-${run}`, name: 'Here' });
  const other = await owner.post(`${inventory}/sites`, { code: `B-${run}`, name: 'There' });
  const item = await owner.post(`${inventory}/items`, { sku: `I-${run}`, name: 'Part', unit: 'each' });
  const product = await owner.post(`${inventory}/items`, { sku: `P-${run}`, name: 'Whole', unit: 'each' });
  await owner.post(`${inventory}/movements`, {
    ...{ type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '100' },
  });
  return { owner, second, site, other, item, product };
}

async function moveAround({ owner, site, other, item }: Warehouse): Promise<void> {
  const held = await owner.post(`${inventory}/reservations`, {
    ...{ itemId: item.id, siteId: site.id, quantity: '10' },
  });
  await owner.post(`${inventory}/reservations/${held.id}/consume`, { quantity: '4' });
  const lines = [{ itemId: item.id, quantity: '20' }];
  const transfer = await owner.post(`${inventory}/transfers`, {
    ...{ fromSiteId: site.id, toSiteId: other.id, lines },
  });
  await owner.post(`${inventory}/transfers/${transfer.id}/dispatch`);
  const arrived = [{ lineId: transfer.lines[0].id, quantity: '12', lost: '1' }];
  await owner.post(`${inventory}/transfers/${transfer.id}/receive`, { lines: arrived });
}

async function count({ owner, second, other, item }: Warehouse): Promise<void> {
  const planned = await owner.post(`${inventory}/cycle-counts`, { siteId: other.id, itemIds: [item.id] });
  const started = await owner.post(`${inventory}/cycle-counts/${planned.id}/start`);
  const lines = started.lines.map(({ id }: { id: string }) => ({ lineId: id, quantity: '11' }));
  await owner.post(`${inventory}/cycle-counts/${planned.id}/submit`, { lines });
  await second.post(`${inventory}/cycle-counts/${planned.id}/approve`);
}

async function make({ owner, site, item, product }: Warehouse): Promise<void> {
  const bom = await owner.post(`${inventory}/boms`, {
    ...{ itemId: product.id, lines: [{ itemId: item.id, quantity: '2' }] },
  });
  const order = await owner.post(`${inventory}/production-orders`, {
    ...{ bomId: bom.id, siteId: site.id, quantity: '5' },
  });
  await owner.post(`${inventory}/production-orders/${order.id}/release`);
  await owner.post(`${inventory}/production-orders/${order.id}/complete`, { backflush: true });
}

/** Orders, receives in two parts, takes one back, and has an invoice approved. */
async function buy({ owner, second, site, item }: Warehouse): Promise<void> {
  const run = randomBytes(3).toString('hex');
  const supplier = await owner.post(`${purchasing}/suppliers`, {
    ...{ code: `S-${run}`, name: 'Supplier', mailDomains: [`s-${run}.example`] },
  });
  const order = await owner.post(`${purchasing}/purchase-orders`, {
    ...{ supplierId: supplier.id, siteId: site.id, currency: 'EUR' },
    lines: [{ itemId: item.id, quantity: '50', unitPrice: '2.50' }],
  });
  const path = `${purchasing}/purchase-orders/${order.id}`;
  await owner.post(`${path}/submit`);
  await second.post(`${path}/approve`);
  const lineId = order.lines[0].id;
  for (const quantity of ['30', '5']) {
    const receipt = await owner.post(`${path}/receipts`, { lines: [{ lineId, quantity }] });
    await until(
      'the receipt is posted',
      () => owner.get(`${purchasing}/receipts/${receipt.id}`),
      (found) => found.stockPosting === 'posted',
    );
    if (quantity === '5') await owner.post(`${purchasing}/receipts/${receipt.id}/reverse`);
  }
  const invoice = await owner.post(`${purchasing}/invoices`, {
    ...{ supplierId: supplier.id, number: `RE-${run}`, issuedAt: new Date().toISOString(), currency: 'EUR' },
    ...{ purchaseOrderId: order.id },
    lines: [{ purchaseOrderLineId: lineId, quantity: '30', unitPrice: '2.50' }],
  });
  await second.post(`${purchasing}/invoices/${invoice.id}/approve`);
  const mail = `From: billing@s-${run}.example\r\nSubject: Invoice RE-${run}\r\n\r\nPlease find it attached.\r\n`;
  await owner.post('/v1/mail/messages?wait=10000', mail, { 'content-type': 'message/rfc822' });
}

/** Everything that a warehouse does, once, so that every law has rows to be checked on. */
export async function runWarehouse(credentials: Credentials): Promise<Warehouse> {
  const warehouse = await openWarehouse(credentials);
  await moveAround(warehouse);
  await count(warehouse);
  await make(warehouse);
  await buy(warehouse);
  return warehouse;
}
