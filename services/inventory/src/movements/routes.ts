import {
  createMovement,
  createMovements,
  getMovement,
  listMovements,
  reverseMovement,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const movementRoutes = defineRoutes<InventoryDb>((route) => {
  route(createMovement, ({ body, command }) =>
    command(async (work) => {
      const [movement] = await commands.createMovements(work, [body], () => '');
      return movement as NonNullable<typeof movement>;
    }),
  );
  route(createMovements, ({ body, command }) =>
    command(async (work) => ({
      movements: await commands.createMovements(work, body.movements, (index) => `/movements/${index}`),
    })),
  );
  route(listMovements, ({ query, read }) =>
    read(async (trx) => page(await queries.listMovements(trx, query), query)),
  );
  route(getMovement, async ({ params, read }) => {
    const movement = await read((trx) => queries.findMovement(trx, params.movementId));
    if (!movement) throw errors.notFound('Movement', params.movementId);
    return queries.toMovement(movement);
  });
  route(reverseMovement, ({ params, body, command }) =>
    command((work) => commands.reverseMovement(work, params.movementId, body?.reason)),
  );
});
