import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Person, until } from './http.ts';
import { verifyEntries } from './proofs.ts';

export interface Credentials {
  url: string;
  email: string;
  password: string;
}

/** Tells one step: what was done, and what came of it. */
export type Tell = (title: string, ...facts: string[]) => void;

/** What a test wants to look at once the story is told. */
export interface StoryOutcome {
  owner: Person;
  second: Person;
  site: { id: string };
  item: { id: string };
  account: { id: string };
  supplier: { id: string };
  order: { id: string; number: string; lines: { id: string }[] };
  genuine: { id: string };
  fraud: { id: string };
  hold: { id: string };
  receipt: { id: string };
  /** The trace of the receipt: gateway, purchasing, the queue, inventory. */
  traceId: string;
  auditedActions: string[];
}

/** Runs between two steps; a test kills processes there. */
export type Between = (step: 'orders' | 'mail' | 'receipt' | 'audit') => Promise<void>;

const verifiedIban = 'DE89370400440532013000';
const otherIban = 'GB29NWBK60161331926819';

async function letter(name: string, values: Record<string, string>): Promise<string> {
  const template = await readFile(join(import.meta.dirname, `${name}.eml`), 'utf8');
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${name}.eml asks for ${key}, which nobody gives`);
    return value;
  });
}

/** The whole loop of mail, money and stock, against a running Stockade. Each run makes things of its own. */
export async function tellStory(
  credentials: Credentials,
  tell: Tell,
  between: Between = async () => {},
): Promise<StoryOutcome> {
  const run = randomBytes(3).toString('hex');
  const people = await signIn(credentials, run, tell);
  const { owner, second } = people;
  const goods = await prepareGoods(owner, run, tell);
  const partner = await prepareSupplier(people, run, tell);
  await between('orders');
  const order = await placeOrder(people, { ...goods, ...partner }, tell);
  await between('mail');
  const mail = await receiveMail(owner, { order, ...partner, run }, tell);
  await between('receipt');
  const received = await receiveGoods(owner, { order, ...goods }, tell);
  await between('audit');
  const targets = [
    goods.site,
    goods.item,
    partner.supplier,
    partner.account,
    order,
    mail.genuine,
    mail.fraud,
    mail.hold,
    received.receipt,
  ];
  const auditedActions = await verifyEntries(
    owner,
    targets.map((target) => target.id),
    tell,
  );
  return { owner, second, ...goods, ...partner, order, ...mail, ...received, auditedActions };
}

interface People {
  owner: Person;
  second: Person;
}

async function signIn({ url, email, password }: Credentials, run: string, tell: Tell): Promise<People> {
  const owner = await Person.signIn(url, email, password);
  const colleague = { email: `approver-${run}@demo.example`, password: `Second-pair-of-eyes-${run}` };
  await owner.post('/v1/identity/users', { ...colleague, name: 'Ada Approver', role: 'manager' });
  const second = await Person.signIn(url, colleague.email, colleague.password);
  tell(
    'Two people sign in',
    `${email} (owner)`,
    `${colleague.email} (manager): nobody approves their own work`,
  );
  return { owner, second };
}

async function prepareGoods(owner: Person, run: string, tell: Tell) {
  const site = await owner.post('/v1/inventory/sites', { code: `MAIN-${run}`, name: 'Main warehouse' });
  const item = await owner.post('/v1/inventory/items', {
    sku: `BRKT-${run}`,
    name: 'Steel bracket 80 mm',
    unit: 'each',
    reorderPoint: '40',
    reorderQuantity: '100',
  });
  tell(
    'A site and an item',
    `${site.code} ${site.name}`,
    `${item.sku} ${item.name}, ordered again below ${item.reorderPoint}`,
  );
  return { site, item };
}

async function prepareSupplier({ owner, second }: People, run: string, tell: Tell) {
  const domain = `nordwind-metall-${run}.example`;
  const supplier = await owner.post('/v1/purchasing/suppliers', {
    code: `NORD-${run}`,
    name: `Nordwind Metall ${run}`,
    mailDomains: [domain],
    contacts: [{ name: 'Jonas Petersen', email: `accounts@${domain}` }],
    currency: 'EUR',
  });
  const accounts = `/v1/purchasing/suppliers/${supplier.id}/bank-accounts`;
  const proposed = await owner.post(accounts, { holder: supplier.name, iban: verifiedIban, currency: 'EUR' });
  const own = await owner.call('POST', `${accounts}/${proposed.id}/verify`);
  if (own.status !== 403)
    throw new Error(`Whoever proposed a bank account could verify it as well (${own.status})`);
  const account = await second.post(`${accounts}/${proposed.id}/verify`);
  tell(
    'A supplier with a bank account',
    `${supplier.name}, mail from ${domain}`,
    `${verifiedIban} is ${account.status} by the second person (the first was refused)`,
  );
  return { supplier, account, domain };
}

type Stored = { id: string };

async function placeOrder(
  { owner, second }: People,
  { site, item, supplier }: { site: Stored; item: Stored; supplier: Stored },
  tell: Tell,
) {
  const draft = await owner.post('/v1/purchasing/purchase-orders', {
    supplierId: supplier.id,
    siteId: site.id,
    currency: 'EUR',
    lines: [{ itemId: item.id, quantity: '100', unitPrice: '12.50' }],
  });
  await owner.post(`/v1/purchasing/purchase-orders/${draft.id}/submit`);
  const order = await second.post(`/v1/purchasing/purchase-orders/${draft.id}/approve`);
  tell(
    'A purchase order',
    `${order.number}: 100 × 12.50 EUR = ${order.total} EUR`,
    `submitted by one, ${order.status} by the other`,
  );
  return order as StoryOutcome['order'];
}

const sendMail = (person: Person, raw: string, from: string) =>
  person.post('/v1/mail/messages?wait=10000', raw, {
    'content-type': 'message/rfc822',
    'x-envelope-from': from,
  });

/** With the verdict, also when the scan took longer than the call waited. */
const verdictOf = (person: Person, sent: Stored) =>
  until(
    'the mail has its verdict',
    () => person.get(`/v1/mail/messages/${sent.id}`),
    (message) => message.status === 'scanned',
  );

async function receiveMail(
  owner: Person,
  {
    order,
    supplier,
    domain,
    run,
  }: { order: StoryOutcome['order']; supplier: { id: string; name: string }; domain: string; run: string },
  tell: Tell,
) {
  const values = {
    orderNumber: order.number,
    supplierName: supplier.name,
    run,
    date: new Date().toUTCString(),
  };
  const honest = await letter('genuine', { ...values, domain, iban: verifiedIban });
  const genuine = await verdictOf(owner, await sendMail(owner, honest, `accounts@${domain}`));
  if (genuine.verdict !== 'clean')
    throw new Error(`The genuine mail is ${genuine.verdict}: ${JSON.stringify(genuine.findings)}`);
  if (!genuine.related.purchaseOrderIds.includes(order.id))
    throw new Error('The genuine mail was not related to its order');
  tell('A genuine invoice mail', `${genuine.verdict}, score ${genuine.score}, related to ${order.number}`);

  const lookalike = domain.replace('metall', 'rnetall');
  const forged = await letter('lookalike', { ...values, domain: lookalike, iban: otherIban });
  const fraud = await verdictOf(owner, await sendMail(owner, forged, `accounts@${lookalike}`));
  if (fraud.verdict !== 'malicious' || fraud.disposition !== 'quarantined')
    throw new Error(
      `The forged mail is ${fraud.verdict} and ${fraud.disposition}: ${JSON.stringify(fraud.findings)}`,
    );
  tell(
    'The same mail from a lookalike domain, with another IBAN',
    `${fraud.verdict}, score ${fraud.score}, ${fraud.disposition}`,
    ...fraud.findings
      .filter((f: { score: number }) => f.score >= 20)
      .map((f: { technique: string; explanation: string }) => `${f.technique}: ${f.explanation}`),
  );
  const held = await until(
    'purchasing holds the payment',
    () => owner.get(`/v1/purchasing/purchase-orders/${order.id}`),
    (seen) => seen.paymentHold !== null,
  );
  tell('Purchasing holds the payment', `${order.number}: ${held.paymentHold.reason}`);
  return { genuine, fraud, hold: held.paymentHold as Stored };
}

async function receiveGoods(
  owner: Person,
  { order, item, site }: { order: StoryOutcome['order']; item: Stored; site: Stored },
  tell: Tell,
) {
  const traceId = randomBytes(16).toString('hex');
  const receipt = await owner.post(
    `/v1/purchasing/purchase-orders/${order.id}/receipts`,
    { lines: [{ lineId: order.lines[0]?.id, quantity: '60' }], reference: 'Delivery note 4711' },
    { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
  );
  const movements = await until(
    'the receipt is in the ledger',
    () => owner.get(`/v1/inventory/movements?itemId=${item.id}`),
    (list) => list.data.length > 0,
  );
  if (movements.data.length !== 1) throw new Error(`One receipt made ${movements.data.length} movements`);
  const balances = await owner.get(`/v1/inventory/balances?itemId=${item.id}&siteId=${site.id}`);
  const posted = await until(
    'the receipt is posted',
    () => owner.get(`/v1/purchasing/receipts/${receipt.id}`),
    (seen) => seen.stockPosting === 'posted',
  );
  const after = await owner.get(`/v1/purchasing/purchase-orders/${order.id}`);
  if (after.status !== 'partially_received')
    throw new Error(`The order is ${after.status} after a part was received`);
  tell(
    '60 of 100 arrive',
    `one movement (${movements.data[0].type} ${movements.data[0].quantity}), on hand ${balances.data[0].onHand}`,
    `the order is ${after.status}, the receipt ${posted.stockPosting}`,
  );
  return { receipt, traceId };
}
