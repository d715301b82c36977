import { createLegalHold, getLegalHold, listLegalHolds, releaseLegalHold } from '@stockade/contracts/audit';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { AuditDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const legalHoldRoutes = defineRoutes<AuditDb>((route) => {
  route(createLegalHold, ({ body, command }) => command((work) => commands.placeHold(work, body)));
  route(listLegalHolds, ({ query, read }) =>
    read(async (trx) => page(await queries.listHolds(trx, query), query)),
  );
  route(getLegalHold, async ({ params, read }) => {
    const hold = await read((trx) => queries.findHold(trx, params.holdId));
    if (!hold) throw errors.notFound('Legal hold', params.holdId);
    return queries.toHold(hold);
  });
  route(releaseLegalHold, ({ params, body, ifMatch, command }) =>
    command((work) => commands.releaseHold(work, params.holdId, { ...body, ifMatch })),
  );
});
