import {
  getFeedback,
  giveFeedback,
  listFeedback,
  withdrawFeedback,
} from '@stockade/contracts/email-scanning';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findMessage } from '../messages/queries.ts';
import type { EmailScanningDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const feedbackRoutes = defineRoutes<EmailScanningDb>((route) => {
  route(giveFeedback, ({ params, body, command }) =>
    command((work) => commands.giveFeedback(work, params.messageId, body)),
  );
  route(listFeedback, ({ params: { messageId }, query, read }) =>
    read(async (trx) => {
      if (!(await findMessage(trx, messageId))) throw errors.notFound('Message', messageId);
      return page(await queries.listFeedback(trx, messageId, query), query);
    }),
  );
  route(getFeedback, async ({ params, read }) => {
    const row = await read((trx) => queries.findFeedback(trx, params));
    if (!row) throw errors.notFound('Feedback', params.feedbackId);
    return queries.toFeedback(row);
  });
  route(withdrawFeedback, async ({ params, ifMatch, command }) => {
    await command((work) => commands.withdrawFeedback(work, params, ifMatch));
    return undefined;
  });
});
