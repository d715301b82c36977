import { randomBytes } from 'node:crypto';
import { createAuthenticator } from '../../../services/identity/test/authenticator.ts';
import { type Person, until } from '../../demo/http.ts';
import type { StoryOutcome } from '../../demo/story.ts';

/** Where the owner signed in, and with what. */
export interface SignedIn {
  url: string;
  password: string;
}

const inventory = '/v1/inventory';
const fresh = (kind: string) => `${kind}-${randomBytes(4).toString('hex')}`;

/** At least one of everything that a tenant can have, beside what the story of mail, money and stock leaves behind. */
export async function seed(told: StoryOutcome, { url, password }: SignedIn): Promise<void> {
  const { owner } = told;
  await seedPasskey(owner, { url, password });
  await seedStock(owner);
  await seedMail(owner, told.genuine.id);
  await owner.post('/v1/purchasing/invoices', {
    ...{ supplierId: told.supplier.id, purchaseOrderId: told.order.id, number: fresh('RE'), currency: 'EUR' },
    issuedAt: new Date(Date.now() - 60_000).toISOString(),
    lines: [{ purchaseOrderLineId: told.order.lines[0]?.id, quantity: '1', unitPrice: '12.50' }],
  });
  await owner.post('/v1/audit/exports', { format: 'csv', search: fresh('Word') });
  await owner.post('/v1/audit/legal-holds', { reason: fresh('Case'), actorId: fresh('user') });
  await owner.post('/v1/audit/siem-streams', {
    ...{ name: fresh('SIEM'), url: 'https://siem.example/', actions: ['identity.nothing'] },
  });
  await owner.post('/v1/identity/api-keys', { name: fresh('Key'), scopes: ['inventory:read'] });
  await until(
    'a suggestion to order again',
    () => owner.get('/v1/purchasing/reorder-suggestions'),
    ({ data }) => data.length > 0,
    30_000,
  );
}

async function seedPasskey(owner: Person, { url, password }: SignedIn): Promise<void> {
  const path = '/v1/auth/passkeys/registration';
  const options = await owner.post(`${path}/options`, { currentPassword: password });
  const page = { rpId: 'localhost', origin: `http://localhost:${new URL(url).port}` };
  await owner.post(path, { name: fresh('Key'), credential: createAuthenticator().create(options, page) });
}

async function seedStock(owner: Person): Promise<void> {
  const post = (path: string, body: unknown) => owner.post(`${inventory}/${path}`, body);
  const site = await post('sites', { code: fresh('S'), name: fresh('Site') });
  const other = await post('sites', { code: fresh('S'), name: fresh('Site') });
  await post('locations', { siteId: site.id, code: fresh('L'), name: fresh('Shelf') });
  const part = await post('items', {
    ...{ sku: fresh('I'), name: fresh('Part'), unit: 'each', reorderPoint: '90', reorderQuantity: '100' },
  });
  const whole = await post('items', { sku: fresh('I'), name: fresh('Whole'), unit: 'each' });
  const perishable = await post('items', {
    ...{ sku: fresh('I'), name: fresh('Milk'), unit: 'l', lotTracked: true },
  });
  await post('lots', { itemId: perishable.id, code: fresh('LOT') });
  await post('movements', { type: 'RECEIVE', itemId: part.id, siteId: site.id, quantity: '80' });
  await post('reorder-rules', {
    ...{ itemId: part.id, siteId: site.id, reorderPoint: '90', reorderQuantity: '100' },
  });
  await post('reservations', { itemId: part.id, siteId: site.id, quantity: '2', reference: fresh('SO') });
  const lines = [{ itemId: part.id, quantity: '3' }];
  await post('transfers', { fromSiteId: site.id, toSiteId: other.id, lines, reference: fresh('TR') });
  await post('cycle-counts', { siteId: site.id, itemIds: [part.id], reference: fresh('CC') });
  const bom = await post('boms', { itemId: whole.id, lines: [{ itemId: part.id, quantity: '2' }] });
  await post('production-orders', { bomId: bom.id, siteId: site.id, quantity: '1', reference: fresh('JOB') });
  await post('exports', { kind: 'items' });
  await owner.post(
    `${inventory}/imports?kind=items`,
    `sku,name,unit\n${fresh('I')},${fresh('Bolt')},each\n`,
    {
      'content-type': 'text/csv',
    },
  );
}

async function seedMail(owner: Person, messageId: string): Promise<void> {
  await owner.post(`/v1/mail/messages/${messageId}/feedback`, { verdict: 'clean', reason: fresh('Known') });
  await owner.post('/v1/mail/sources', { kind: 'webhook', name: fresh('Hook'), webhook: { format: 'raw' } });
  await owner.post('/v1/mail/lists', {
    ...{ effect: 'block', kind: 'domain', value: `${fresh('bad')}.example`, note: fresh('Seen') },
  });
  await owner.post('/v1/mail/feeds', { name: fresh('Feed'), format: 'domain-list' });
  const mbox = `From a@b.example Sat Jan 01 00:00:00 2028\nFrom: a@b.example\nSubject: ${fresh('Old')}\n\nHello\n`;
  await owner.post('/v1/mail/imports', mbox, { 'content-type': 'application/mbox' });
}
