import { Readable } from 'node:stream';
import {
  createAuditExport,
  getAuditExport,
  getAuditExportContent,
  listAuditExports,
} from '@stockade/contracts/audit';
import { inTenant } from '@stockade/database';
import { defineRoutes, errors, findChunk, page, type Service } from '@stockade/service-kit';
import type { AuditDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
};

/** A file piece by piece, as fast as its reader takes it: each piece is read by itself. */
async function* pieces({ db }: Pick<Service<AuditDb>, 'db'>, tenantId: string, id: string, chunks: number) {
  for (let no = 1; no <= chunks; no++) {
    const piece = await inTenant(db, tenantId, (trx) => findChunk(trx, id, no), { readOnly: true });
    // The reader has to see that the file is not whole.
    if (piece === undefined) throw new Error(`Export ${id} was removed while it was read`);
    yield piece;
  }
}

export const exportRoutes = defineRoutes<AuditDb>((route) => {
  route(createAuditExport, ({ body, command }) => command((work) => commands.createExport(work, body)));
  route(listAuditExports, ({ query, read }) =>
    read(async (trx) => page(await queries.listExports(trx, query), query)),
  );
  route(getAuditExport, async ({ params, read }) => {
    const found = await read((trx) => queries.findExport(trx, params.exportId));
    if (!found) throw errors.notFound('Export', params.exportId);
    return queries.toExport(found);
  });
  route(getAuditExportContent, async ({ params: { exportId }, caller, service, command, reply }) => {
    const { row, chunks } = await command((work) => commands.readExport(work, exportId));
    const day = row.created_at.toISOString().slice(0, 10);
    reply
      .type(mediaTypes[row.format])
      .header('content-disposition', `attachment; filename="audit-${day}.${row.format}"`)
      .header('cache-control', 'no-store');
    return Readable.from(pieces(service, caller.tenantId, exportId, chunks), { highWaterMark: 1 }) as never;
  });
});
