import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type FileBudget, fileLimits } from './budget.ts';

type Unpacked = { bytes: Buffer } | { bytes: null; why: 'too-large' | 'damaged' };

const unpackers = { deflate: inflateRawSync, zlib: inflateSync, gzip: gunzipSync };

/**
 * Unpacks within the message's budget and `maxBytes`; what is cut off at the end is unpacked as far as it goes.
 * Memory never exceeds the limit: zlib stops once it is passed.
 */
export function inflate(
  packed: Buffer,
  format: keyof typeof unpackers,
  budget: FileBudget,
  maxBytes: number = fileLimits.entryBytes,
): Unpacked {
  const maxOutputLength = Math.min(maxBytes, budget.unpackedBytes);
  if (maxOutputLength <= 0) return { bytes: null, why: 'too-large' };
  try {
    const bytes = unpackers[format](packed, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
    budget.unpackedBytes -= bytes.length;
    return { bytes };
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) budget.unpackedBytes -= maxOutputLength;
    return { bytes: null, why: tooLarge ? 'too-large' : 'damaged' };
  }
}
