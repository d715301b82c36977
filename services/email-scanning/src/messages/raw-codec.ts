import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface StoredRaw {
  /** How `body` was made, so that it can still be read after the way of storing changed. */
  codec: string;
  body: Buffer;
}

/** A raw message as it is stored; compressed off the event loop. */
export async function encodeRaw(raw: Buffer): Promise<StoredRaw> {
  return { codec: 'zstd', body: await compress(raw) };
}

export async function decodeRaw({ codec, body }: StoredRaw): Promise<Buffer> {
  if (codec !== 'zstd') throw new Error(`No way to read a raw message stored as ${codec}`);
  return decompress(body, { maxOutputLength: maxMessageBytes });
}
