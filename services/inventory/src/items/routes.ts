import { createItem, getItem, listItems, updateItem } from '@stockade/contracts/inventory';
import { defineRoutes, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { addItem, changeItem } from './commands.ts';
import * as queries from './queries.ts';

export const itemRoutes = defineRoutes<InventoryDb>((route) => {
  route(createItem, (call) => call.command((work) => addItem(work, call.body)));
  route(listItems, (call) =>
    call.read(async (trx) => page(await queries.listItems(trx, call.query), call.query)),
  );
  route(getItem, (call) => call.read((trx) => queries.getItem(trx, call.params.itemId)));
  route(updateItem, (call) =>
    call.command((work) => changeItem(work, { ...call.params, ifMatch: call.ifMatch }, call.body)),
  );
});
