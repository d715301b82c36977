import {
  dismissReorderSuggestion,
  getReorderSuggestion,
  listReorderSuggestions,
  orderReorderSuggestion,
  type ReorderSuggestion,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const reorderSuggestionRoutes = defineRoutes<PurchasingDb>((route) => {
  route(listReorderSuggestions, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listSuggestions(trx, query), query);
      return { data: await queries.withContext(trx, data), nextCursor };
    }),
  );
  route(getReorderSuggestion, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findSuggestion(trx, params.suggestionId);
      if (!row) throw errors.notFound('Reorder suggestion', params.suggestionId);
      const [suggestion] = await queries.withContext(trx, [row]);
      return suggestion as ReorderSuggestion;
    }),
  );
  route(orderReorderSuggestion, ({ params, body, ifMatch, command }) =>
    command((work) => commands.orderSuggestion(work, { id: params.suggestionId, ifMatch, body: body ?? {} })),
  );
  route(dismissReorderSuggestion, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.dismissSuggestion(work, { id: params.suggestionId, ifMatch, reason: body.reason }),
    ),
  );
});
