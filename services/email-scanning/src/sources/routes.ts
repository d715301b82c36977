import {
  createMailSource,
  getMailSource,
  listMailSources,
  listMessageDeliveries,
  rotateMailSourceSecret,
  updateMailSource,
} from '@stockade/contracts/email-scanning';
import type { Sealer } from '@stockade/secrets';
import { defineRoutes, errors, page, type Routes } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as commands from './commands.ts';
import { listDeliveries } from './deliveries.ts';
import * as queries from './queries.ts';

/** A secret is shown once: a repeated call gets the source without it. */
const replay = <T extends { secret?: string | undefined }>({ secret: _, ...source }: T) => source;

export const sourceRoutes = (sealer: Sealer): Routes<EmailScanningDb> =>
  defineRoutes<EmailScanningDb>((route) => {
    route(createMailSource, ({ body, command }) =>
      command((work) => commands.createSource(work, sealer, body), { replay }),
    );
    route(listMailSources, ({ query, read }) =>
      read(async (trx) => page(await queries.listSources(trx, query), query)),
    );
    route(getMailSource, async ({ params, read, request }) => {
      // The status changes without the version: there is always news.
      delete request.headers['if-none-match'];
      const source = await read((trx) => queries.findSource(trx, params.sourceId));
      if (!source) throw errors.notFound('Source', params.sourceId);
      return queries.toSource(source);
    });
    route(updateMailSource, ({ params, body, ifMatch, command }) =>
      command((work) => commands.changeSource(work, sealer, params.sourceId, { body, ifMatch })),
    );
    route(rotateMailSourceSecret, ({ params, body, ifMatch, command }) =>
      command((work) => commands.rotateSecret(work, sealer, params.sourceId, { ...body, ifMatch }), {
        replay,
      }),
    );
    route(listMessageDeliveries, async ({ params, read }) => {
      const data = await read((trx) => listDeliveries(trx, params.messageId));
      if (!data) throw errors.notFound('Message', params.messageId);
      return { data };
    });
  });
