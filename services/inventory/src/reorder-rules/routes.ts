import {
  createReorderRule,
  getReorderRule,
  listReorderRules,
  updateReorderRule,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const reorderRuleRoutes = defineRoutes<InventoryDb>((route) => {
  route(createReorderRule, ({ body, command }) => command((work) => commands.createRule(work, body)));
  route(listReorderRules, ({ query, read }) =>
    read(async (trx) => page(await queries.listRules(trx, query), query)),
  );
  route(getReorderRule, async ({ params, read }) => {
    const rule = await read((trx) => queries.findRule(trx, params.ruleId));
    if (!rule) throw errors.notFound('Reorder rule', params.ruleId);
    return queries.toRule(rule);
  });
  route(updateReorderRule, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeRule(work, params.ruleId, body, ifMatch)),
  );
});
