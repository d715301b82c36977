import {
  createMovement,
  createMovements,
  getMovement,
  listMovements,
  reverseMovement,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import { singleMovements } from './group.ts';
import * as queries from './queries.ts';

export const movementRoutes = defineRoutes<InventoryDb>((route) => {
  route(createMovement, ({ body, grouped }) => grouped(singleMovements, body));
  route(createMovements, ({ body, command }) =>
    command(async (work) => ({
      movements: await commands.createMovements(work, body.movements, (index) => `/movements/${index}`),
    })),
  );
  route(listMovements, ({ query, caller, read }) =>
    read(async (trx) => page(await queries.listMovements(trx, query, await countingOf(trx, caller)), query)),
  );
  route(getMovement, async ({ params, caller, read }) => {
    const movement = await read(async (trx) => {
      const found = await queries.findMovement(trx, params.movementId);
      return found && queries.isSeen(found, await countingOf(trx, caller)) ? found : undefined;
    });
    if (!movement) throw errors.notFound('Movement', params.movementId);
    return queries.toMovement(movement);
  });
  route(reverseMovement, ({ params, body, command }) =>
    command((work) => commands.reverseMovement(work, params.movementId, body?.reason)),
  );
});
