import { getAuditRetention, updateAuditRetention } from '@stockade/contracts/audit';
import { defineRoutes } from '@stockade/service-kit';
import type { AuditDb } from '../tables.ts';
import { changeRetention } from './commands.ts';
import { readRetention } from './queries.ts';

export const retentionRoutes = defineRoutes<AuditDb>((route) => {
  route(getAuditRetention, ({ read }) => read(readRetention));
  route(updateAuditRetention, ({ body, ifMatch, command }) =>
    command((work) => changeRetention(work, body, ifMatch)),
  );
});
