import { getMailPolicy, updateMailPolicy } from '@stockade/contracts/email-scanning';
import { defineRoutes } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { changePolicy } from './commands.ts';
import { readMailPolicy } from './queries.ts';

export const policyRoutes = defineRoutes<EmailScanningDb>((route) => {
  route(getMailPolicy, ({ read }) => read(readMailPolicy));
  route(updateMailPolicy, ({ body, ifMatch, command }) =>
    command((work) => changePolicy(work, body, ifMatch)),
  );
});
