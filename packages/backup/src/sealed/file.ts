import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { writeDurably } from '../durable.ts';
import {
  chunkBytes,
  headerBytes,
  openChunk,
  readChunkHead,
  readHeader,
  SealedFileError,
  sealChunk,
  writeHeader,
} from './format.ts';
import { type BackupKeys, fileKey } from './keys.ts';

export interface Place {
  path: string;
  /** What the file is for; it opens under no other name. */
  name: string;
}

export interface Sealed {
  /** Of the file as it lies there. */
  bytes: number;
  sha256: string;
}

/** Level 1: it keeps up with the disk on one core; higher levels save a tenth of the room and cost twice the time. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Collects a stream into blocks of one size; the last may be smaller, or empty. */
async function* inBlocks(source: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (let part of source) {
    while (length + part.length > bytes) {
      const rest = bytes - length;
      yield Buffer.concat([...parts, part.subarray(0, rest)]);
      part = part.subarray(rest);
      parts = [];
      length = 0;
    }
    parts.push(part);
    length += part.length;
  }
  yield Buffer.concat(parts);
}

/**
 * Compresses, seals and stores what `source` gives, with a few chunks in memory however much that is. The file is there
 * whole, flushed to disk, or not at all. `time` stands in its header, readable without opening it all.
 */
export async function seal(
  place: Place,
  keys: BackupKeys,
  time: Date,
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<Sealed> {
  const salt = randomBytes(32);
  const header = writeHeader({ keyId: keys.currentId, salt, time });
  const key = fileKey(keys.find(keys.currentId) as Buffer, salt, place.name);
  const hash = createHash('sha256');
  let bytes = 0;
  const write = async (handle: FileHandle, block: Buffer) => {
    hash.update(block);
    bytes += block.length;
    await handle.writeFile(block);
  };
  await writeDurably(place.path, async (handle) => {
    await write(handle, header);
    const compress = createZstdCompress(compression);
    await pipeline(Readable.from(source), compress, async (compressed: AsyncIterable<Buffer>) => {
      let waiting: Buffer | undefined;
      let no = 0;
      // One behind: only the end of the stream tells which chunk is the last.
      for await (const block of inBlocks(compressed, chunkBytes)) {
        if (waiting) await write(handle, sealChunk(key, header, no++, false, waiting));
        waiting = block;
      }
      await write(handle, sealChunk(key, header, no, true, waiting ?? Buffer.alloc(0)));
    });
  });
  return { bytes, sha256: hash.digest('hex') };
}

/** The time in the header, as its writer put it there; authentic only when the file opens. */
export async function sealedAt(path: string): Promise<Date> {
  const handle = await open(path);
  try {
    return readHeader(await readExactly(handle, headerBytes), path).time;
  } finally {
    await handle.close();
  }
}

async function readExactly(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The chunks of a sealed file, authenticated, still compressed. Throws a SealedFileError for anything that was not sealed so. */
async function* openChunks({ path, name }: Place, keys: BackupKeys): AsyncGenerator<Buffer> {
  const damaged = () => new SealedFileError(path, 'damaged', 'is damaged or incomplete');
  const handle = await open(path);
  try {
    const header = await readExactly(handle, headerBytes);
    const { keyId, salt } = readHeader(header, path);
    const master = keys.find(keyId);
    if (!master)
      throw new SealedFileError(path, 'key', `is sealed with another BACKUP_KEY (${keyId}) than those given`);
    const key = fileKey(master, salt, name);
    for (let no = 0; ; no++) {
      const lengthBytes = await readExactly(handle, 4);
      const head = lengthBytes.length === 4 ? readChunkHead(lengthBytes) : undefined;
      if (!head) throw damaged();
      const sealed = await readExactly(handle, head.length);
      const plain = sealed.length === head.length ? openChunk(key, header, no, head.last, sealed) : undefined;
      if (!plain) throw damaged();
      yield plain;
      if (head.last) break;
    }
    if ((await readExactly(handle, 1)).length > 0) throw damaged();
  } finally {
    await handle.close();
  }
}

/** Whether every byte of the file is as it was sealed; throws a SealedFileError when not. */
export async function verifySealed(place: Place, keys: BackupKeys): Promise<void> {
  for await (const _ of openChunks(place, keys));
}

/** Gives what was sealed to `sink`, block by block. Nothing of a chunk is given before it is known to be authentic. */
export async function unseal(
  place: Place,
  keys: BackupKeys,
  sink: (plain: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  await pipeline(Readable.from(openChunks(place, keys)), createZstdDecompress(), sink);
}

/** A small sealed file as a whole. */
export async function unsealAll(place: Place, keys: BackupKeys): Promise<Buffer> {
  const parts: Buffer[] = [];
  await unseal(place, keys, async (plain) => {
    for await (const part of plain) parts.push(part);
  });
  return Buffer.concat(parts);
}
