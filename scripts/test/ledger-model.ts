import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Answer, Person } from '../demo/http.ts';
import type { Warehouse } from './warehouse.ts';

/** What a client may do next; the numbers choose among what there is when it is done. */
export type Command =
  | { do: 'receive' | 'issue' | 'adjust'; item: number; site: number; quantity: number }
  | { do: 'move'; item: number; site: number; quantity: number }
  | { do: 'batch'; lines: { item: number; site: number; quantity: number }[] }
  | {
      do: 'reverse' | 'release' | 'consume' | 'dispatch' | 'arrive' | 'cancel';
      which: number;
      quantity: number;
    }
  | { do: 'reserve' | 'transfer'; item: number; site: number; quantity: number };

const spot = { item: fc.nat(2), site: fc.nat(1), quantity: fc.integer({ min: 1, max: 12 }) };
const step = { which: fc.nat(1_000), quantity: fc.integer({ min: 1, max: 12 }) };

export const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constantFrom('receive', 'issue', 'issue', 'adjust' as const), ...spot }),
  fc.record({ do: fc.constant('move' as const), ...spot }),
  fc.record({
    do: fc.constant('batch' as const),
    lines: fc.array(fc.record(spot), { minLength: 2, maxLength: 6 }),
  }),
  fc.record({ do: fc.constantFrom('reserve', 'transfer' as const), ...spot }),
  fc.record({
    do: fc.constantFrom('reverse', 'release', 'consume', 'dispatch', 'arrive', 'cancel' as const),
    ...step,
  }),
) as fc.Arbitrary<Command>;

export interface Goods {
  items: { id: string }[];
  sites: { id: string }[];
}

/** What the answers say that was done: the sum of it is what has to be there. */
export class Model {
  readonly onHand = new Map<string, number>();
  readonly reserved = new Map<string, number>();
  readonly movements: { id: string; undo: [string, number][] }[] = [];
  readonly reservations: { id: string; key: string }[] = [];
  readonly transfers: { id: string; lineId: string; from: string; to: string }[] = [];
  readonly statuses: Record<string, number> = {};

  add(key: string, quantity: number): void {
    this.onHand.set(key, (this.onHand.get(key) ?? 0) + quantity);
  }
  hold(key: string, quantity: number): void {
    this.reserved.set(key, (this.reserved.get(key) ?? 0) + quantity);
  }
}

const base = '/v1/inventory';
const any = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

/** One of many who work on the same goods at the same time. */
export class Clerk {
  readonly #person: Person;
  readonly #goods: Goods;
  readonly #model: Model;

  constructor(person: Person, goods: Goods, model: Model) {
    this.#person = person;
    this.#goods = goods;
    this.#model = model;
  }

  /** Every third call is sent twice at once with the same key, as impatient networks do: it counts once. */
  async #post(path: string, body: unknown, twice: boolean): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() };
    const send = () => this.#person.call('POST', `${base}/${path}`, { body, headers });
    const answers = await Promise.all(twice ? [send(), send()] : [send()]);
    // What was refused leaves its key free: the other of the two may still be accepted.
    const answer = answers.find(({ status }) => status < 300) ?? (answers[0] as Answer);
    const { statuses } = this.#model;
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    return answer;
  }

  #place(item: number, site: number) {
    const [itemId, siteId] = [this.#goods.items[item]?.id ?? '', this.#goods.sites[site]?.id ?? ''];
    return { itemId, siteId, key: `${itemId} ${siteId}` };
  }

  async run(command: Command, no: number): Promise<void> {
    const twice = no % 3 === 0;
    if ('which' in command) return this.#step(command, twice);
    if (command.do === 'batch') return this.#batch(command.lines, twice);
    if (command.do === 'reserve') return this.#reserve(command, twice);
    if (command.do === 'transfer') return this.#transfer(command, twice);
    const { itemId, siteId, key } = this.#place(command.item, command.site);
    const other = this.#place(command.item, 1 - command.site);
    const size = command.quantity;
    const plans: Record<string, { body: object; effect: [string, number][] }> = {
      receive: { body: { type: 'RECEIVE', quantity: `${size}` }, effect: [[key, size]] },
      issue: { body: { type: 'ISSUE', quantity: `${size}` }, effect: [[key, -size]] },
      adjust: { body: { type: 'ADJUST', quantity: `${6 - size || 1}` }, effect: [[key, 6 - size || 1]] },
      move: {
        body: { type: 'TRANSFER', quantity: `${size}`, toSiteId: other.siteId },
        effect: [
          [key, -size],
          [other.key, size],
        ],
      },
    };
    const plan = plans[command.do] as (typeof plans)[string];
    const answer = await this.#post('movements', { itemId, siteId, ...plan.body }, twice);
    if (answer.status !== 201) return;
    for (const [at, quantity] of plan.effect) this.#model.add(at, quantity);
    this.#model.movements.push({ id: answer.body.id, undo: plan.effect.map(([at, q]) => [at, -q]) });
  }

  async #batch(lines: { item: number; site: number; quantity: number }[], twice: boolean): Promise<void> {
    const placed = lines.map((line, at) => ({
      ...this.#place(line.item, line.site),
      ...{ type: at % 2 ? 'ISSUE' : 'RECEIVE', size: line.quantity },
    }));
    const movements = placed.map(({ itemId, siteId, type, size }) => ({
      ...{ itemId, siteId, type, quantity: `${size}` },
    }));
    if ((await this.#post('movements/batch', { movements }, twice)).status !== 201) return;
    for (const { key, type, size } of placed) this.#model.add(key, type === 'ISSUE' ? -size : size);
  }

  async #reserve({ item, site, quantity }: { item: number; site: number; quantity: number }, twice: boolean) {
    const { itemId, siteId, key } = this.#place(item, site);
    const answer = await this.#post('reservations', { itemId, siteId, quantity: `${quantity}` }, twice);
    if (answer.status !== 201) return;
    this.#model.hold(key, quantity);
    this.#model.reservations.push({ id: answer.body.id, key });
  }

  async #transfer(
    { item, site, quantity }: { item: number; site: number; quantity: number },
    twice: boolean,
  ) {
    const [from, to] = [this.#place(item, site), this.#place(item, 1 - site)];
    const lines = [{ itemId: from.itemId, quantity: `${quantity}` }];
    const body = { fromSiteId: from.siteId, toSiteId: to.siteId, lines };
    const answer = await this.#post('transfers', body, twice);
    if (answer.status !== 201) return;
    const [{ id: lineId }] = answer.body.lines;
    this.#model.transfers.push({ id: answer.body.id, lineId, from: from.key, to: to.key });
  }

  async #step(
    { do: what, which, quantity }: Extract<Command, { which: number }>,
    twice: boolean,
  ): Promise<void> {
    const model = this.#model;
    if (what === 'reverse') {
      const movement = any(model.movements, which);
      if (!movement) return;
      const answer = await this.#post(`movements/${movement.id}/reverse`, undefined, twice);
      if (answer.status === 201) for (const [key, change] of movement.undo) model.add(key, change);
    } else if (what === 'release' || what === 'consume') {
      const reservation = any(model.reservations, which);
      if (!reservation) return;
      const body = what === 'consume' ? { quantity: `${quantity}` } : undefined;
      const { status, body: after } = await this.#post(`reservations/${reservation.id}/${what}`, body, twice);
      if (status !== 200) return;
      const open = Number(after.quantity) - Number(after.consumed);
      model.hold(reservation.key, what === 'consume' ? -quantity : -open);
      if (what === 'consume') model.add(reservation.key, -quantity);
    } else await this.#carry(what, any(model.transfers, which), quantity, twice);
  }

  async #carry(
    what: 'dispatch' | 'arrive' | 'cancel',
    transfer: Model['transfers'][number] | undefined,
    quantity: number,
    twice: boolean,
  ): Promise<void> {
    if (!transfer) return;
    const lines = [
      { lineId: transfer.lineId, quantity: `${quantity}`, lost: quantity % 4 === 0 ? '1' : '0' },
    ];
    const path = what === 'arrive' ? 'receive' : what;
    const answer = await this.#post(
      `transfers/${transfer.id}/${path}`,
      what === 'arrive' ? { lines } : undefined,
      twice,
    );
    if (answer.status !== 200) return;
    const [line] = answer.body.lines;
    if (what === 'dispatch') this.#model.add(transfer.from, -Number(line.quantity));
    if (what === 'arrive') this.#model.add(transfer.to, quantity);
    if (what === 'cancel') this.#model.add(transfer.from, Number(line.returned));
  }
}

/** Three items at two sites, with little of each: that what is wanted is often not there. */
export async function scarceGoods({ owner, site, other }: Warehouse, model: Model): Promise<Goods> {
  const items = [];
  for (const name of ['A', 'B', 'C'])
    items.push(
      await owner.post(`${base}/items`, { sku: `M-${name}-${randomUUID().slice(0, 8)}`, name, unit: 'each' }),
    );
  const clerk = new Clerk(owner, { items, sites: [site, other] }, model);
  for (const item of [0, 1, 2]) await clerk.run({ do: 'receive', item, site: 0, quantity: 10 }, 1);
  return { items, sites: [site, other] };
}
