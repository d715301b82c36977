import { createMailImport, getMailImport, listMailImports } from '@stockade/contracts/email-scanning';
import type { Sealer } from '@stockade/secrets';
import { defineRoutes, errors, page, type Routes } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { createImport } from './commands.ts';
import * as queries from './queries.ts';

export const importRoutes = (sealer: Sealer): Routes<EmailScanningDb> =>
  defineRoutes<EmailScanningDb>((route) => {
    route(createMailImport, ({ query, body: content, request, command }) => {
      if (!content?.length)
        throw errors.validation([{ path: '/', message: 'is empty: send the file as the body' }]);
      const format = request.headers['content-type']?.includes('zip') ? 'zip' : 'mbox';
      return command((work) => createImport(work, sealer, { format, source: query.source, content }));
    });
    route(listMailImports, ({ query, read }) =>
      read(async (trx) => page(await queries.listImports(trx, query), query)),
    );
    route(getMailImport, async ({ params, read }) => {
      const found = await read((trx) => queries.findImport(trx, params.importId));
      if (!found) throw errors.notFound('Import', params.importId);
      return queries.toImport(found);
    });
  });
