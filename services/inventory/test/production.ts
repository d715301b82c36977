import type { Bom, ProductionOrder } from '@stockade/contracts/inventory';
import type { TestCaller } from '@stockade/testing';
import { makeItem, makeSite, makeStock, move } from './setup.ts';

export const boms = '/v1/inventory/boms';
export const orders = '/v1/inventory/production-orders';

/** `[itemId, quantity]` of each component. */
export type Parts = readonly (readonly [itemId: string, quantity: string])[];

export const linesOf = (parts: Parts) => parts.map(([itemId, quantity]) => ({ itemId, quantity }));

/** Asks for a bill of materials and gives the answer, whatever it is. */
export const postBom = (caller: TestCaller, itemId: string, parts: Parts, fields: object = {}) =>
  caller.post(boms, { itemId, lines: linesOf(parts), ...fields });

export async function makeBom(
  caller: TestCaller,
  itemId: string,
  parts: Parts,
  fields: object = {},
): Promise<Bom> {
  const { status, body } = await postBom(caller, itemId, parts, fields);
  if (status !== 201) throw new Error(`The bill was answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Two components with stock at a site, and a bill that takes 2 pieces and 0.5 kg of them for a product. */
export async function makeRecipe(caller: TestCaller, product: object = {}) {
  const { site, item: piece } = await makeStock(caller, '100');
  const powder = await makeItem(caller, { unit: 'kg' });
  await move(caller, { itemId: powder.id, siteId: site.id, quantity: '50' });
  const item = await makeItem(caller, product);
  const bom = await makeBom(caller, item.id, [
    [piece.id, '2'],
    [powder.id, '0.5'],
  ]);
  return { site, piece, powder, item, bom };
}

export async function makeOrder(
  caller: TestCaller,
  { bomId, siteId, quantity = '10' }: { bomId: string; siteId?: string; quantity?: string },
): Promise<ProductionOrder> {
  const made = await caller.post(orders, {
    ...{ bomId, siteId: siteId ?? (await makeSite(caller)).id, quantity },
  });
  if (made.status !== 201)
    throw new Error(`The order was answered ${made.status}: ${JSON.stringify(made.body)}`);
  return made.body;
}

/** An order of the product that can be consumed for and completed. */
export async function makeReleased(caller: TestCaller, given: Parameters<typeof makeOrder>[1]) {
  const { id } = await makeOrder(caller, given);
  const released = await caller.post(`${orders}/${id}/release`, {});
  if (released.status !== 200) throw new Error(`The release was answered ${released.status}`);
  return released.body as ProductionOrder;
}

type Order = Pick<ProductionOrder, 'id'>;

export const lineOf = (order: ProductionOrder, item: { id: string }) =>
  order.lines.find((line) => line.itemId === item.id) as ProductionOrder['lines'][number];

/** Asks for a step and gives the answer, whatever it is. */
export const consume = (caller: TestCaller, order: Order, lines: object[]) =>
  caller.post(`${orders}/${order.id}/consume`, { lines });
export const complete = (caller: TestCaller, order: Order, body?: object) =>
  caller.post(`${orders}/${order.id}/complete`, body);

/** The movements of an item, oldest first. */
export const movementsOf = async (caller: TestCaller, itemId: string, type: string) =>
  (await caller.get(`/v1/inventory/movements?itemId=${itemId}&type=${type}`)).body.data.reverse();
