import type { Client } from '../client.ts';
import { type Cast, makes } from './cast.ts';

const path = '/v1/inventory/reservations';
const table = 'inventory.reservations';

interface Held {
  id: string;
  itemId: string;
  siteId: string;
  open: number;
}

/** Reserves what is scarce; consumes and releases what it holds. */
export function reserver(client: Client, { sites, scarce }: Cast): () => Promise<void> {
  const { random } = client;
  const held: Held[] = [];

  const reserve = async () => {
    const [itemId, siteId] = [random.pick(scarce).id, random.pick(sites).id];
    const quantity = random.integer(1, 8);
    await client.change({
      ...{ path, body: { itemId, siteId, quantity: `${quantity}` }, mayBeRefused: ['INSUFFICIENT_STOCK'] },
      effect: (body) => {
        held.push({ id: body.id, itemId, siteId, open: quantity });
        return {
          ...makes(table, 'inventory.reservation')(body),
          state: [[table, body.id, 'status', 'open']],
          reserved: [[itemId, siteId, quantity]],
        };
      },
    });
  };

  const take = () => held.splice(random.integer(0, held.length - 1), 1)[0] as Held;

  const consume = async () => {
    const one = take();
    const quantity = random.integer(1, one.open);
    await client.change({
      ...{ path: `${path}/${one.id}/consume`, body: { quantity: `${quantity}` } },
      effect: ({ id, status }) => {
        one.open -= quantity;
        if (one.open > 0) held.push(one);
        return {
          state: [[table, id, 'status', status]],
          audit: [['inventory.reservation.consume', id]],
          stock: [[one.itemId, one.siteId, -quantity]],
          reserved: [[one.itemId, one.siteId, -quantity]],
        };
      },
    });
  };

  const release = async () => {
    const one = take();
    await client.change({
      path: `${path}/${one.id}/release`,
      effect: ({ id }) => ({
        state: [[table, id, 'status', 'released']],
        audit: [['inventory.reservation.release', id]],
        reserved: [[one.itemId, one.siteId, -one.open]],
      }),
    });
  };

  return () => (held.length === 0 ? reserve() : random.pick([reserve, consume, release])());
}
