import type { Body, Client } from '../client.ts';
import type { Effect } from '../records.ts';
import { type Cast, type Made, makes } from './cast.ts';

const path = '/v1/inventory/movements';
const mayBeRefused = ['INSUFFICIENT_STOCK'];
const made = makes('inventory.movements', 'inventory.movement');

type Stock = NonNullable<Effect['stock']>;
const reversed = (stock: Stock): Stock => stock.map(([item, site, quantity]) => [item, site, -quantity]);

interface Planned {
  body: Record<string, string>;
  stock: Stock;
}

/** One of those who receive, issue, adjust and move the same scarce goods, alone or many at once, and take it back. */
export function clerk(client: Client, { sites, scarce }: Cast): () => Promise<void> {
  const { random } = client;
  const done: { id: string; stock: Stock }[] = [];

  const plan = (): Planned => {
    const itemId = random.pick(scarce).id;
    const [site, other] = random.shuffled(sites) as [Made, Made];
    const size = random.integer(1, 12);
    const place = { itemId, siteId: site.id };
    switch (random.pick(['RECEIVE', 'RECEIVE', 'ISSUE', 'ISSUE', 'ADJUST', 'TRANSFER'])) {
      case 'RECEIVE':
        return {
          body: { type: 'RECEIVE', ...place, quantity: `${size}` },
          stock: [[itemId, site.id, size]],
        };
      case 'ISSUE':
        return {
          body: { type: 'ISSUE', ...place, quantity: `${size}` },
          stock: [[itemId, site.id, -size]],
        };
      case 'ADJUST':
        return {
          body: { type: 'ADJUST', ...place, quantity: `${7 - size || 1}` },
          stock: [[itemId, site.id, 7 - size || 1]],
        };
      default:
        return {
          body: { type: 'TRANSFER', ...place, toSiteId: other.id, quantity: `${size}` },
          stock: [
            [itemId, site.id, -size],
            [itemId, other.id, size],
          ],
        };
    }
  };

  const one = async () => {
    const { body, stock } = plan();
    await client.change({
      ...{ path, body, mayBeRefused },
      effect: (answer) => {
        done.push({ id: answer.id, stock });
        return { ...made(answer), stock };
      },
    });
  };

  const many = async () => {
    const plans = Array.from({ length: random.integer(2, 8) }, plan);
    await client.change({
      ...{ path: `${path}/batch`, body: { movements: plans.map(({ body }) => body) }, mayBeRefused },
      effect: ({ movements }: { movements: Body[] }) => ({
        made: movements.map(({ id }) => ['inventory.movements', id]),
        audit: movements.map(({ id }) => ['inventory.movement.create', id]),
        stock: plans.flatMap(({ stock }) => stock),
      }),
    });
  };

  const takeBack = async () => {
    const which = done.splice(random.integer(0, Math.max(0, done.length - 1)), 1)[0];
    if (!which) return one();
    await client.change({
      ...{ path: `${path}/${which.id}/reverse`, mayBeRefused },
      effect: ({ id }) => ({
        made: [['inventory.movements', id]],
        audit: [['inventory.movement.reverse', id]],
        stock: reversed(which.stock),
      }),
    });
  };

  return () => random.pick([one, one, one, many, takeBack])();
}
