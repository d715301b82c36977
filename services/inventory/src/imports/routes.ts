import { createImport, getImport, listImports } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const importRoutes = defineRoutes<InventoryDb>((route) => {
  route(createImport, ({ query: { kind, mode = 'all' }, body, command }) =>
    command((work) => commands.createImport(work, { kind, mode, content: body })),
  );
  route(listImports, ({ query, read }) =>
    read(async (trx) => page(await queries.listImports(trx, query), query)),
  );
  route(getImport, async ({ params, read }) => {
    const found = await read((trx) => queries.findImport(trx, params.importId));
    if (!found) throw errors.notFound('Import', params.importId);
    return queries.toImport(found);
  });
});
