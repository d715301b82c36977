import { fileLimits } from '../budget.ts';
import { type Examination, sign } from '../examination.ts';
import type { Declared } from '../examine.ts';
import { inflate } from '../inflate.ts';

/** The name under which a gzip keeps its file, when it does (RFC 1952). */
function storedName(bytes: Buffer): string | null {
  const flags = bytes[3] ?? 0;
  if ((flags & 0x08) === 0) return null;
  const from = 10 + (flags & 0x04 ? 2 + (bytes.length > 12 ? bytes.readUInt16LE(10) : 0) : 0);
  const end = bytes.indexOf(0, from);
  return end < 0 || end - from > 300 ? null : bytes.toString('latin1', from, end);
}

/** One packed file. */
export function examineGzip(own: Examination, bytes: Buffer, { filename }: Declared): undefined {
  if (own.depth >= fileLimits.depth) return void sign(own, 'archive-too-deep');
  if (own.budget.entries-- <= 0) return void sign(own, 'not-examined', 'number of files');
  const unpacked = inflate(bytes, 'gzip', own.budget);
  const name = storedName(bytes) ?? (filename ?? '').replace(/\.t?gz$/i, '');
  if (unpacked.bytes) own.within(unpacked.bytes, name);
  else if (unpacked.why === 'damaged') sign(own, 'damaged');
  // Deflate packs a thousand times at most, and real files ten times: what comes near it is made for it.
  else if (fileLimits.entryBytes / bytes.length > 500)
    sign(own, 'archive-bomb', `more than ${fileLimits.entryBytes} bytes`);
  else sign(own, 'not-examined', 'size');
}
