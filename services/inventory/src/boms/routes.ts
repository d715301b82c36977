import { type Bom, createBom, explodeBom, getBom, listBoms, updateBom } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findItems } from '../items/queries.ts';
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { explode } from './rules.ts';

export const bomRoutes = defineRoutes<InventoryDb>((route) => {
  route(createBom, ({ body, command }) => command((work) => commands.createBom(work, body)));
  route(listBoms, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listBoms(trx, query), query);
      return { data: await queries.withLines(trx, data), nextCursor };
    }),
  );
  route(getBom, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findBom(trx, params.bomId);
      if (!row) throw errors.notFound('Bill of materials', params.bomId);
      const [bom] = await queries.withLines(trx, [row]);
      return bom as Bom;
    }),
  );
  route(updateBom, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeBom(work, params.bomId, body, ifMatch)),
  );
  route(explodeBom, ({ params, query, read }) =>
    read(async (trx) => {
      const row = await queries.findBom(trx, params.bomId);
      if (!row) throw errors.notFound('Bill of materials', params.bomId);
      const own = (await queries.listLines(trx, [row.id])).get(row.id) ?? [];
      const below = await commands.readStructure(
        trx,
        own.map((line) => line.itemId),
      );
      // The bill that was asked for need not be the active one.
      const parts = [
        ...own.map(({ itemId, quantity }) => ({
          ...{ item_id: row.item_id, makes: row.quantity, component_id: itemId, quantity },
        })),
        ...below.filter((part) => part.item_id !== row.item_id && part.component_id !== row.item_id),
      ];
      const items = await findItems(trx, [...new Set(parts.map((part) => part.component_id))]);
      const wanted = { itemId: row.item_id, quantity: toMicro(query.quantity ?? row.quantity) };
      const needed = explode(wanted, parts, (id) => items.get(id)?.unit ?? '');
      return { data: needed.map((one) => ({ ...one, quantity: toDecimal(one.quantity) })) };
    }),
  );
});
