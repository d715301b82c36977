import {
  approveInvoice,
  cancelInvoice,
  createInvoice,
  getInvoice,
  holdInvoice,
  listInvoices,
  matchInvoice,
  releaseInvoice,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as decisions from './decisions.ts';
import { readMatch } from './match-queries.ts';
import { normalizeNumber } from './number.ts';
import * as queries from './queries.ts';
import { view, withParts } from './view.ts';

async function getRow(db: queries.Db, id: string): Promise<queries.InvoiceRow> {
  const row = await queries.findInvoice(db, id);
  if (!row) throw errors.notFound('Invoice', id);
  return row;
}

export const invoiceRoutes = defineRoutes<PurchasingDb>((route) => {
  route(createInvoice, ({ body, command }) => command((work) => commands.createInvoice(work, body)));
  route(listInvoices, ({ query: { number, ...query }, read }) =>
    read(async (trx) => {
      const normalizedNumber = number === undefined ? {} : { normalizedNumber: normalizeNumber(number) };
      const rows = await queries.listInvoices(trx, { ...query, ...normalizedNumber });
      const { data, nextCursor } = page(rows, query);
      return { data: await withParts(trx, data), nextCursor };
    }),
  );
  route(getInvoice, ({ params, read }) =>
    read(async (trx) => view(trx, await getRow(trx, params.invoiceId))),
  );
  route(matchInvoice, ({ params, read }) =>
    read(async (trx) => {
      const invoice = await getRow(trx, params.invoiceId);
      return invoice.approved_match ?? readMatch(trx, invoice);
    }),
  );
  route(approveInvoice, ({ params, body, ifMatch, command }) =>
    command((work) => decisions.approveInvoice(work, { ...body, id: params.invoiceId, ifMatch })),
  );
  route(holdInvoice, ({ params, body, ifMatch, command }) =>
    command((work) => decisions.holdInvoice(work, { ...body, id: params.invoiceId, ifMatch })),
  );
  route(releaseInvoice, ({ params, body, ifMatch, command }) =>
    command((work) => decisions.releaseInvoice(work, { ...body, id: params.invoiceId, ifMatch })),
  );
  route(cancelInvoice, ({ params, body, ifMatch, command }) =>
    command((work) => commands.cancelInvoice(work, { id: params.invoiceId, ifMatch, reason: body?.reason })),
  );
});
