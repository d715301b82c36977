import {
  createListEntry,
  deleteListEntry,
  getListEntry,
  listListEntries,
} from '@stockade/contracts/email-scanning';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const listRoutes = defineRoutes<EmailScanningDb>((route) => {
  route(createListEntry, ({ body, command }) => command((work) => commands.createEntry(work, body)));
  route(listListEntries, ({ query, read }) =>
    read(async (trx) => page(await queries.listEntries(trx, query), query)),
  );
  route(getListEntry, async ({ params, read }) => {
    const entry = await read((trx) => queries.findEntry(trx, params.entryId));
    if (!entry) throw errors.notFound('List entry', params.entryId);
    return queries.toEntry(entry);
  });
  route(deleteListEntry, async ({ params, ifMatch, command }) => {
    await command((work) => commands.deleteEntry(work, params.entryId, ifMatch));
    return undefined;
  });
});
