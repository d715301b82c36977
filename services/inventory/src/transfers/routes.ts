import {
  cancelTransfer,
  createTransfer,
  dispatchTransfer,
  getTransfer,
  listTransfers,
  receiveTransfer,
  type Transfer,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const transferRoutes = defineRoutes<InventoryDb>((route) => {
  route(createTransfer, ({ body, command }) => command((work) => commands.createTransfer(work, body)));
  route(listTransfers, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listTransfers(trx, query), query);
      return { data: await queries.withLines(trx, data), nextCursor };
    }),
  );
  route(getTransfer, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findTransfer(trx, params.transferId);
      if (!row) throw errors.notFound('Transfer', params.transferId);
      const [transfer] = await queries.withLines(trx, [row]);
      return transfer as Transfer;
    }),
  );
  route(dispatchTransfer, ({ params, ifMatch, command }) =>
    command((work) => commands.dispatchTransfer(work, { id: params.transferId, ifMatch })),
  );
  route(receiveTransfer, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.receiveTransfer(work, { id: params.transferId, ifMatch, reported: body?.lines }),
    ),
  );
  route(cancelTransfer, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.cancelTransfer(work, { id: params.transferId, ifMatch, reason: body?.reason }),
    ),
  );
});
