import { Client, type Credentials, type Traffic } from '../client.ts';
import type { Running } from '../world.ts';
import { administrator } from './accounts.ts';
import { buyer } from './buying.ts';
import { type Cast, type Made, makeItem, makeSite, makes, receive, signIn } from './cast.ts';
import { counter } from './counts.ts';
import { mailer, relay } from './mail.ts';
import { maker } from './making.ts';
import { reader } from './reading.ts';
import { reserver } from './reservations.ts';
import { clerk } from './stock.ts';
import { carrier } from './transfers.ts';

const domain = 'nordwind-metall-chaos.example';

const needed = <T>(value: T | null, what: string): T => {
  if (value === null) throw new Error(`${what} could not be made before the first fault`);
  return value;
};

async function twoPeople(client: Client, { stack }: Running) {
  const { email, password } = stack.credentials;
  const owner = needed(await signIn(client, email, password), "the owner's session");
  client.use(owner);
  const colleague = { email: 'approver@demo.example', password: 'Second-pair-of-eyes-1' };
  needed(
    await client.change({
      path: '/v1/identity/users',
      body: { ...colleague, name: 'Ada Approver', role: 'manager' },
      effect: makes('identity.users', 'identity.user'),
    }),
    'the second person',
  );
  const second = needed(await signIn(client, colleague.email, colleague.password), 'the second session');
  return { owner, second };
}

async function oneSupplier(client: Client): Promise<Cast['supplier']> {
  const name = 'Nordwind Metall';
  const contacts = [{ name: 'Jonas Petersen', email: `accounts@${domain}` }];
  const supplier = await client.change({
    path: '/v1/purchasing/suppliers',
    body: { code: 'NORD', name, mailDomains: [domain], contacts, currency: 'EUR' },
    effect: makes('purchasing.suppliers', 'purchasing.supplier'),
  });
  return { ...needed(supplier as Made | null, 'the supplier'), name, domain };
}

async function approvedOrder(client: Client, lines: object, second: Credentials) {
  const order = await client.change({
    ...{ path: '/v1/purchasing/purchase-orders', body: lines },
    effect: makes('purchasing.purchase_orders', 'purchasing.purchase-order'),
  });
  needed(order, 'an order');
  for (const [verb, as] of [
    ['submit', undefined],
    ['approve', second],
  ] as const)
    await client.change({
      path: `/v1/purchasing/purchase-orders/${order.id}/${verb}`,
      ...(as ? { as } : {}),
      effect: () => ({ audit: [[`purchasing.purchase-order.${verb}`, order.id]] }),
    });
  return order as Cast['orders'][number];
}

/** Makes what all work with; `quiet` waits until all parts have heard of it. */
export async function prepare(
  traffic: Traffic,
  world: Running,
  quiet: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  const client = new Client(traffic, 'setup');
  const { owner, second } = await twoPeople(client, world);
  const sites = [];
  for (const code of ['HERE', 'THERE']) sites.push(needed(await makeSite(client, code), 'a site'));
  const scarce = [];
  for (const sku of ['A', 'B', 'C']) scarce.push(needed(await makeItem(client, sku), 'an item'));
  for (const { id } of scarce) for (const site of sites) await receive(client, id, site.id, 30);
  const supplier = await oneSupplier(client);
  const smtp = { port: world.smtpPort, domain: 'journal.chaos.example' };
  needed(
    await client.change({
      path: '/v1/mail/sources',
      body: { kind: 'smtp', name: 'Journal', smtp: { domains: [smtp.domain] } },
      effect: makes('email_scanning.sources', 'email-scanning.mail-source'),
    }),
    'the source of mail',
  );
  await quiet();
  const orders = [];
  for (let no = 0; no < 3; no++) {
    const lines = [{ itemId: scarce[no]?.id, quantity: '100', unitPrice: '12.50' }];
    const order = { supplierId: supplier.id, siteId: sites[0]?.id, currency: 'EUR', lines };
    orders.push(await approvedOrder(client, order, second));
  }
  const cast: Cast = { owner, second, sites, scarce, supplier, orders, smtp };
  const crowd = await join(traffic, cast);
  await quiet();
  return crowd;
}

type Role = (client: Client, cast: Cast) => (() => Promise<void>) | Promise<() => Promise<void>>;

/** Who is at work, and how many of each. */
const roles: readonly [name: string, count: number, role: Role][] = [
  ['clerk', 3, clerk],
  ['reserver', 2, reserver],
  ['carrier', 1, carrier],
  ['counter', 1, counter],
  ['maker', 1, maker],
  ['buyer', 2, buyer],
  ['mailer', 2, mailer],
  ['relay', 1, relay],
  ['administrator', 1, administrator],
  ['reader', 2, reader],
];

/** All who will be at work, with what each needs; the function given back has them work until the traffic is over. */
async function join(traffic: Traffic, cast: Cast): Promise<() => Promise<void>> {
  const work: (() => Promise<void>)[] = [];
  for (const [name, count, role] of roles)
    for (let no = 1; no <= count; no++) {
      const client = new Client(traffic, count === 1 ? name : `${name}-${no}`, cast.owner);
      const step = await role(client, cast);
      work.push(() => client.run(step));
    }
  return async () => void (await Promise.all(work.map((go) => go())));
}
