import { createExport, getExport, getExportContent, listExports } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import { openContent } from './content.ts';
import * as queries from './queries.ts';

export const exportRoutes = defineRoutes<InventoryDb>((route) => {
  route(createExport, ({ body, command }) => command((work) => commands.createExport(work, body)));
  route(listExports, ({ query, read }) =>
    read(async (trx) => page(await queries.listExports(trx, query), query)),
  );
  route(getExport, async ({ params, read }) => {
    const found = await read((trx) => queries.findExport(trx, params.exportId));
    if (!found) throw errors.notFound('Export', params.exportId);
    return queries.toExport(found);
  });
  route(getExportContent, async ({ params, caller, service, reply, command }) => {
    const { name, stream } = await openContent(service, caller, params.exportId);
    await command(async (work) => commands.noteDownload(work, params.exportId));
    reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="${name}"`)
      // It tells what its reader may know at this moment.
      .header('cache-control', 'no-store');
    return stream as never;
  });
});
