import { createItem, getItem, listItems, updateItem } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const itemRoutes = defineRoutes<InventoryDb>((route) => {
  route(createItem, ({ body, command }) => command((work) => commands.createItem(work, body)));
  route(listItems, ({ query, read }) =>
    read(async (trx) => page(await queries.listItems(trx, query), query)),
  );
  route(getItem, async ({ params, read }) => {
    const item = await read((trx) => queries.findItem(trx, params.itemId));
    if (!item) throw errors.notFound('Item', params.itemId);
    return queries.toItem(item);
  });
  route(updateItem, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeItem(work, params.itemId, body, ifMatch)),
  );
});
