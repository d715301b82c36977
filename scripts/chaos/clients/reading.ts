import type { Client } from '../client.ts';
import type { Cast } from './cast.ts';

/** Reads what staff look at; and asks for exports, which are made in the background. */
export function reader(client: Client, { scarce, sites, orders, supplier }: Cast): () => Promise<void> {
  const { random } = client;
  const paths = [
    () => '/v1/inventory/dashboard',
    () => `/v1/inventory/balances?itemId=${random.pick(scarce).id}`,
    () => `/v1/inventory/movements?siteId=${random.pick(sites).id}&limit=20`,
    () => '/v1/inventory/items?search=ITEM&limit=20',
    () => `/v1/purchasing/purchase-orders/${random.pick(orders).id}`,
    () => `/v1/purchasing/purchase-orders?supplierId=${supplier.id}`,
    () => '/v1/purchasing/payment-holds?limit=20',
    () => '/v1/mail/messages?limit=20',
    () => '/v1/identity/users?limit=20',
    () => '/v1/audit/entries?limit=20',
    () => '/v1/audit/checkpoints/latest',
  ];
  const look = () => client.read(random.pick(paths)());
  const exportGoods = () =>
    client.change({
      ...{ path: '/v1/inventory/exports', body: { kind: 'items' } },
      effect: ({ id }) => ({
        made: [['inventory.exports', id]],
        state: [['inventory.exports', id, 'status', 'completed']],
        audit: [['inventory.export.create', id]],
      }),
    });
  return () => (random.chance(0.03) ? exportGoods() : look());
}
