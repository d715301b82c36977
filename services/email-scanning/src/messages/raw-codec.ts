import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface EncodedRaw {
  /** How `bytes` were made. */
  codec: string;
  bytes: Buffer;
}

/** What may come of a message: zstd makes what cannot be compressed a little longer, and so does sealing. */
export const maxStoredBytes = maxMessageBytes + 256 * 1024;

/** A raw message, compressed off the event loop. */
export async function encodeRaw(raw: Buffer): Promise<EncodedRaw> {
  return { codec: 'zstd', bytes: await compress(raw) };
}

export async function decodeRaw({ codec, bytes }: EncodedRaw): Promise<Buffer> {
  if (codec !== 'zstd') throw new Error(`No way to read a raw message stored as ${codec}`);
  return decompress(bytes, { maxOutputLength: maxMessageBytes });
}
