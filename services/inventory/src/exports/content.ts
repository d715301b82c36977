import { Readable } from 'node:stream';
import { inTenant } from '@stockade/database';
import type { Caller } from '@stockade/messaging';
import { countChunks, errors, findChunk, type Service } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

/**
 * Somebody who counts stock must not learn from a file what the system expects: only their own is safe, made since
 * the count began, for of that their stock was left out.
 */
function isSafe(row: queries.ExportRecord, { personId }: Caller, since: Date): boolean {
  return row.kind === 'items' || (row.caller.personId === personId && row.created_at >= since);
}

/** A completed export, piece by piece as fast as the reader takes it: each piece is read by itself. */
export async function openContent(
  { db }: Pick<Service<InventoryDb>, 'db'>,
  caller: Caller,
  id: string,
): Promise<{ name: string; stream: Readable }> {
  const read = <T>(query: Parameters<typeof inTenant<InventoryDb, T>>[2]) =>
    inTenant(db, caller.tenantId, query, { readOnly: true });
  const { row, chunks, counting } = await read(async (trx) => ({
    row: await queries.findExport(trx, id),
    chunks: await countChunks(trx, id),
    counting: await countingOf(trx, caller),
  }));
  if (!row) throw errors.notFound('Export', id);
  if (row.status !== 'completed')
    throw errors.invalidState({ what: `Export ${id}`, state: row.status, allowed: ['completed'] });
  if (counting && !isSafe(row, caller, counting.since))
    throw errors.forbidden('You are counting stock that this file may tell of: make an export of your own.');
  async function* pieces() {
    for (let no = 1; no <= chunks; no++) {
      const piece = await read((trx) => findChunk(trx, id, no));
      // The reader has to see that the file is not whole.
      if (piece === undefined) throw new Error(`Export ${id} was removed while it was read`);
      yield piece;
    }
  }
  const day = row.created_at.toISOString().slice(0, 10);
  return { name: `${row.kind}-${day}.csv`, stream: Readable.from(pieces(), { highWaterMark: 1 }) };
}
