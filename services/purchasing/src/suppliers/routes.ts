import { createSupplier, getSupplier, listSuppliers, updateSupplier } from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const supplierRoutes = defineRoutes<PurchasingDb>((route) => {
  route(createSupplier, ({ body, command }) => command((work) => commands.createSupplier(work, body)));
  route(listSuppliers, ({ query, read }) =>
    read(async (trx) => page(await queries.listSuppliers(trx, query), query)),
  );
  route(getSupplier, async ({ params, read }) => {
    const supplier = await read((trx) => queries.findSupplier(trx, params.supplierId));
    if (!supplier) throw errors.notFound('Supplier', params.supplierId);
    return queries.toSupplier(supplier);
  });
  route(updateSupplier, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeSupplier(work, params.supplierId, body, ifMatch)),
  );
});
