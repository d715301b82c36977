import type { Body, Client, Credentials } from '../client.ts';
import type { Effect } from '../records.ts';

export interface Made {
  id: string;
}

/** Who and what is there before the first fault. */
export interface Cast {
  /** The demo tenant's owner and a manager: nobody approves their own work. */
  owner: Credentials;
  second: Credentials;
  sites: readonly Made[];
  /** Little of each, and many want it. */
  scarce: readonly Made[];
  supplier: Made & { name: string; domain: string };
  /** Orders of that supplier, which forged mails name. */
  orders: readonly (Made & { number: string })[];
  /** Where mail is taken in by SMTP, and for whom. */
  smtp: { port: number; domain: string };
}

/** The effect of a call that makes one row, with one audit entry. */
export const makes =
  (table: string, noun: string) =>
  (body: Body): Effect => ({ made: [[table, body.id]], audit: [[`${noun}.create`, body.id]] });

/** Signs in: the session's cookie, and the token that changes need. Null when there was no answer. */
export async function signIn(client: Client, email: string, password: string): Promise<Credentials | null> {
  const answer = await client.exchange({
    ...{ path: '/v1/auth/login', body: { email, password }, keyless: true, as: {} },
  });
  if (!answer) return null;
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    cookie,
    'x-csrf-token': answer.body.csrfToken,
    origin: new URL(client.traffic.url).origin,
  };
}

export const makeItem = (client: Client, sku: string): Promise<Made | null> =>
  client.change({
    path: '/v1/inventory/items',
    body: { sku, name: `Item ${sku}`, unit: 'each' },
    effect: makes('inventory.items', 'inventory.item'),
  });

export const makeSite = (client: Client, code: string): Promise<Made | null> =>
  client.change({
    path: '/v1/inventory/sites',
    body: { code, name: `Site ${code}` },
    effect: makes('inventory.sites', 'inventory.site'),
  });

export const receive = (client: Client, itemId: string, siteId: string, quantity: number) =>
  client.change({
    path: '/v1/inventory/movements',
    body: { type: 'RECEIVE', itemId, siteId, quantity: `${quantity}` },
    effect: (body) => ({
      ...makes('inventory.movements', 'inventory.movement')(body),
      stock: [[itemId, siteId, quantity]],
    }),
  });
