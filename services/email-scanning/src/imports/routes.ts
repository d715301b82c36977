import { createMailImport, getMailImport, listMailImports } from '@stockade/contracts/email-scanning';
import type { Sealer } from '@stockade/secrets';
import { defineRoutes, errors, page, type Routes, ServiceError } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { createImport } from './commands.ts';
import * as queries from './queries.ts';

/** What is looked at to tell a text from a file of another kind: all of those have a NUL early on. */
const lookedAtBytes = 4_096;

/** Whatever its media type says: an archive or a program that is called an mbox would come in as one broken message. */
function checkIsText(content: Buffer): void {
  if (content.subarray(0, lookedAtBytes).includes(0))
    throw new ServiceError('UNSUPPORTED_MEDIA_TYPE', 'This is no mbox: it holds bytes that no text has.', {
      accepted: ['application/mbox', 'application/zip'],
    });
}

export const importRoutes = (sealer: Sealer): Routes<EmailScanningDb> =>
  defineRoutes<EmailScanningDb>((route) => {
    route(createMailImport, ({ query, body: content, request, command }) => {
      if (!content?.length)
        throw errors.validation([{ path: '/', message: 'is empty: send the file as the body' }]);
      const format = request.headers['content-type']?.includes('zip') ? 'zip' : 'mbox';
      if (format === 'mbox') checkIsText(content);
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
