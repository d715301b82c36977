import type { Client } from '../client.ts';
import { type Cast, type Made, makes } from './cast.ts';

const path = '/v1/inventory/transfers';
const table = 'inventory.transfers';

/** Sends goods from site to site: some arrive, some are lost on the way, some come back. */
export function carrier(client: Client, { sites, scarce }: Cast): () => Promise<void> {
  const { random } = client;
  return async () => {
    const [from, to] = random.shuffled(sites) as [Made, Made];
    const itemId = random.pick(scarce).id;
    const quantity = random.integer(2, 9);
    const arriving = random.integer(1, quantity);
    const [isCancelled, isLost] = [random.chance(0.2), random.chance(0.3)];
    const transfer = await client.change({
      path,
      body: { fromSiteId: from.id, toSiteId: to.id, lines: [{ itemId, quantity: `${quantity}` }] },
      effect: makes(table, 'inventory.transfer'),
    });
    if (!transfer) return;
    const step = (name: string, lines?: object) => ({
      path: `${path}/${transfer.id}/${name}`,
      ...(lines ? { body: { lines } } : {}),
    });
    const dispatched = await client.change({
      ...step('dispatch'),
      mayBeRefused: ['INSUFFICIENT_STOCK'],
      effect: ({ id }) => ({
        state: [[table, id, 'status', 'in_transit']],
        audit: [['inventory.transfer.dispatch', id]],
        stock: [[itemId, from.id, -quantity]],
      }),
    });
    if (!dispatched) return;
    if (isCancelled) {
      await client.change({
        ...step('cancel'),
        effect: ({ id, lines }) => ({
          state: [[table, id, 'status', 'cancelled']],
          audit: [['inventory.transfer.cancel', id]],
          stock: [[itemId, from.id, Number(lines[0].returned)]],
        }),
      });
      return;
    }
    const lost = isLost ? quantity - arriving : 0;
    const lineId = transfer.lines[0].id;
    await client.change({
      ...step('receive', [{ lineId, quantity: `${arriving}`, lost: `${lost}` }]),
      effect: ({ id, status }) => ({
        state: [[table, id, 'status', status]],
        audit: [['inventory.transfer.receive', id]],
        stock: [[itemId, to.id, arriving]],
      }),
    });
  };
}
