import type { Client } from '../client.ts';
import { type Cast, makeItem, makes, receive } from './cast.ts';

const path = '/v1/inventory/production-orders';
const table = 'inventory.production_orders';
const perPiece = 2;

/** Makes a product of a part: receives parts, releases orders, completes them, or cancels. */
export async function maker(client: Client, { sites }: Cast): Promise<() => Promise<void>> {
  const { random } = client;
  const siteId = random.pick(sites).id;
  const part = await makeItem(client, `PART-${client.traffic.seed}`);
  const product = await makeItem(client, `PRODUCT-${client.traffic.seed}`);
  if (!part || !product) throw new Error('There is nothing to make');
  const bom = await client.change({
    path: '/v1/inventory/boms',
    body: { itemId: product.id, lines: [{ itemId: part.id, quantity: `${perPiece}` }] },
    effect: makes('inventory.boms', 'inventory.bom'),
  });
  return async () => {
    const quantity = random.integer(1, 5);
    const isCancelled = random.chance(0.15);
    await receive(client, part.id, siteId, quantity * perPiece);
    const order = await client.change({
      ...{ path, body: { bomId: bom.id, siteId, quantity: `${quantity}` } },
      effect: makes(table, 'inventory.production-order'),
    });
    if (!order) return;
    const released = await client.change({
      path: `${path}/${order.id}/release`,
      effect: () => ({
        state: [[table, order.id, 'status', 'released']],
        audit: [['inventory.production-order.release', order.id]],
      }),
    });
    if (!released) return;
    await client.change({
      path: `${path}/${order.id}/${isCancelled ? 'cancel' : 'complete'}`,
      ...(isCancelled ? {} : { body: { backflush: true } }),
      effect: () => ({
        state: [[table, order.id, 'status', isCancelled ? 'cancelled' : 'completed']],
        audit: [[`inventory.production-order.${isCancelled ? 'cancel' : 'complete'}`, order.id]],
        stock: isCancelled
          ? []
          : [
              [part.id, siteId, -quantity * perPiece],
              [product.id, siteId, quantity],
            ],
      }),
    });
  };
}
