import type { Client } from '../client.ts';
import { type Cast, makeItem, makes, receive } from './cast.ts';

const path = '/v1/inventory/cycle-counts';
const table = 'inventory.cycle_counts';

/** Counts goods of its own; a second person approves what was counted, or does not. */
export async function counter(client: Client, { sites, second }: Cast): Promise<() => Promise<void>> {
  const { random } = client;
  const siteId = random.pick(sites).id;
  const item = await makeItem(client, `COUNT-${client.traffic.seed}`);
  if (!item) throw new Error('There is nothing to count');
  let onHand = 40;
  await receive(client, item.id, siteId, onHand);
  return async () => {
    const quantity = Math.max(0, onHand + random.integer(-3, 3));
    const isApproved = random.chance(0.8);
    const planned = await client.change({
      ...{ path, body: { siteId, itemIds: [item.id] } },
      effect: makes(table, 'inventory.cycle-count'),
    });
    if (!planned) return;
    const step = (name: string, status: string) => ({
      path: `${path}/${planned.id}/${name}`,
      effect: () => ({
        state: [[table, planned.id, 'status', status]] as [string, string, string, string][],
        audit: [[`inventory.cycle-count.${name}`, planned.id]] as [string, string][],
      }),
    });
    const started = await client.change(step('start', 'counting'));
    if (!started) return;
    const lines = [{ lineId: started.lines[0].id, quantity: `${quantity}` }];
    if (!(await client.change({ ...step('submit', 'submitted'), body: { lines } }))) return;
    if (!isApproved) {
      await client.change({ ...step('reject', 'rejected'), as: second });
      return;
    }
    const variance = quantity - onHand;
    const approve = step('approve', 'approved');
    await client.change({
      ...{ path: approve.path, as: second },
      effect: () => {
        onHand = quantity;
        return { ...approve.effect(), stock: [[item.id, siteId, variance]] };
      },
    });
  };
}
