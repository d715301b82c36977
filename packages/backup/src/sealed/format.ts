import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * A sealed file: a header, then chunks. Header: `STKBAK01`, the key's id (8 bytes), a salt (32), a time (ms, 8). Chunk: its
 * length (4 bytes, the highest bit set in the last one), that many bytes of AES-256-GCM, the tag (16). The nonce counts the
 * chunks and says which is the last (as in STREAM, Hoang et al. 2015): a file that was cut, or whose chunks were moved, does
 * not open. The header is authenticated with every chunk.
 */
export const magic = Buffer.from('STKBAK01');
export const headerBytes = 56;
export const chunkBytes = 1024 * 1024;
const tagBytes = 16;
const lastFlag = 0x80000000;
const cipher = 'aes-256-gcm';

/** A file that is no backup of ours, damaged, cut, or sealed with another key. */
export class SealedFileError extends Error {
  override name = 'SealedFileError';
  readonly reason: 'damaged' | 'key';
  constructor(path: string, reason: 'damaged' | 'key', detail: string) {
    super(`${path} ${detail}`);
    this.reason = reason;
  }
}

export interface Header {
  keyId: string;
  salt: Buffer;
  time: Date;
}

export function writeHeader({ keyId, salt, time }: Header): Buffer {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.write(keyId, 8, 'hex');
  salt.copy(header, 16);
  header.writeBigUInt64BE(BigInt(time.getTime()), 48);
  return header;
}

export function readHeader(header: Buffer, path: string): Header {
  if (header.length < headerBytes || !header.subarray(0, 8).equals(magic))
    throw new SealedFileError(path, 'damaged', 'is no backup file, or its beginning is damaged');
  return {
    keyId: header.subarray(8, 16).toString('hex'),
    salt: header.subarray(16, 48),
    time: new Date(Number(header.readBigUInt64BE(48))),
  };
}

function nonce(no: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(no, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

export function sealChunk(key: Buffer, header: Buffer, no: number, last: boolean, plain: Buffer): Buffer {
  const sealing = createCipheriv(cipher, key, nonce(no, last)).setAAD(header);
  const length = Buffer.alloc(4);
  length.writeUInt32BE((plain.length | (last ? lastFlag : 0)) >>> 0);
  return Buffer.concat([length, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
}

export interface ChunkHead {
  last: boolean;
  /** What follows: the sealed bytes and the tag. */
  length: number;
}

/** Undefined for a length that no chunk of ours has. */
export function readChunkHead(bytes: Buffer): ChunkHead | undefined {
  const value = bytes.readUInt32BE();
  const length = value & ~lastFlag;
  if (length > chunkBytes) return undefined;
  return { last: value >= lastFlag, length: length + tagBytes };
}

/** Undefined when the chunk is not what was sealed. */
export function openChunk(
  key: Buffer,
  header: Buffer,
  no: number,
  last: boolean,
  sealed: Buffer,
): Buffer | undefined {
  const opening = createDecipheriv(cipher, key, nonce(no, last)).setAAD(header);
  opening.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([opening.update(sealed.subarray(0, -tagBytes)), opening.final()]);
  } catch {
    return undefined;
  }
}
