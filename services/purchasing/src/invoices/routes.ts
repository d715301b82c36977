import {
  approveInvoice,
  cancelInvoice,
  createInvoice,
  getInvoice,
  holdInvoice,
  type Invoice,
  listInvoices,
  matchInvoice,
  releaseInvoice,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { detailsSealers, keptSealed } from '../bank-accounts/details.ts';
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

/** Whoever reads bank details is on record, with the invoices that they stand on. */
function auditRead(work: commands.PurchasingWork, invoices: readonly Invoice[]): void {
  const ids = invoices.filter(({ bankAccount }) => bankAccount !== null).map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) return;
  work.audit({
    action: 'purchasing.invoice.read-bank-details',
    target: commands.target(first),
    changes: { invoices: { before: null, after: ids } },
  });
}

export const invoiceRoutes = defineRoutes<PurchasingDb>((route) => {
  route(createInvoice, ({ body, command, service }) =>
    command(
      (work) => commands.createInvoice(work, detailsSealers(service.secrets), body),
      keptSealed(service.secrets),
    ),
  );
  route(listInvoices, ({ query: { number, ...query }, command, service }) =>
    command(async (work) => {
      const normalizedNumber = number === undefined ? {} : { normalizedNumber: normalizeNumber(number) };
      const rows = await queries.listInvoices(work.trx, { ...query, ...normalizedNumber });
      const { data: onPage, nextCursor } = page(rows, query);
      const data = await withParts(work.trx, detailsSealers(service.secrets).invoices, onPage);
      auditRead(work, data);
      return { data, nextCursor };
    }),
  );
  route(getInvoice, ({ params, command, service }) =>
    command(async (work) => {
      const row = await getRow(work.trx, params.invoiceId);
      const invoice = await view(work.trx, detailsSealers(service.secrets).invoices, row);
      auditRead(work, [invoice]);
      return invoice;
    }),
  );
  route(matchInvoice, ({ params, read }) =>
    read(async (trx) => {
      const invoice = await getRow(trx, params.invoiceId);
      return invoice.approved_match ?? readMatch(trx, invoice);
    }),
  );
  route(approveInvoice, ({ params, body, ifMatch, command, service }) =>
    command(
      (work) =>
        decisions.approveInvoice(work, detailsSealers(service.secrets), {
          ...body,
          id: params.invoiceId,
          ifMatch,
        }),
      keptSealed(service.secrets),
    ),
  );
  route(holdInvoice, ({ params, body, ifMatch, command, service }) =>
    command(
      (work) =>
        decisions.holdInvoice(work, detailsSealers(service.secrets), {
          ...body,
          id: params.invoiceId,
          ifMatch,
        }),
      keptSealed(service.secrets),
    ),
  );
  route(releaseInvoice, ({ params, body, ifMatch, command, service }) =>
    command(
      (work) =>
        decisions.releaseInvoice(work, detailsSealers(service.secrets), {
          ...body,
          id: params.invoiceId,
          ifMatch,
        }),
      keptSealed(service.secrets),
    ),
  );
  route(cancelInvoice, ({ params, body, ifMatch, command, service }) =>
    command(
      (work) =>
        commands.cancelInvoice(work, detailsSealers(service.secrets), {
          id: params.invoiceId,
          ifMatch,
          reason: body?.reason,
        }),
      keptSealed(service.secrets),
    ),
  );
});
