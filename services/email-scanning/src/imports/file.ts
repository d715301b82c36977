import { inTenant } from '@stockade/database';
import type { Sealer } from '@stockade/secrets';
import type { Kysely } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import { findPiece } from './queries.ts';

/** Files are kept in pieces, so that nobody has to hold a whole one. */
export const pieceBytes = 1024 * 1024;

export const pieceContext = (tenantId: string, importId: string, no: number) =>
  `mail import ${tenantId} ${importId} ${no}`;

/** A file that is not what it should be, in a sentence for its sender. */
export class UnusableFile extends Error {
  override name = 'UnusableFile';
}

export interface ImportFile {
  readonly size: number;
  /** Fewer bytes where the file ends. */
  read(offset: number, length: number): Promise<Buffer>;
  pieces(): AsyncGenerator<Buffer>;
}

/** The file of an import, read from the database a piece at a time; the last piece is remembered. */
export function openFile(
  { db, sealer }: { db: Kysely<EmailScanningDb>; sealer: Sealer },
  { tenantId, importId, size }: { tenantId: string; importId: string; size: number },
): ImportFile {
  let last: { no: number; body: Buffer } | undefined;
  async function piece(no: number): Promise<Buffer> {
    if (last?.no === no) return last.body;
    const sealed = await inTenant(db, tenantId, (trx) => findPiece(trx, importId, no), { readOnly: true });
    if (!sealed) throw new Error(`Piece ${no} of import ${importId} is missing`);
    last = { no, body: sealer.open(sealed, pieceContext(tenantId, importId, no)) };
    return last.body;
  }
  return {
    size,
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      const parts: Buffer[] = [];
      for (let at = Math.max(0, offset); at < end; ) {
        const body = await piece(Math.floor(at / pieceBytes));
        const part = body.subarray(at % pieceBytes, (at % pieceBytes) + end - at);
        if (part.length === 0) break;
        parts.push(part);
        at += part.length;
      }
      return Buffer.concat(parts);
    },
    async *pieces() {
      for (let no = 0; no * pieceBytes < size; no++) yield await piece(no);
    },
  };
}
