import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: Buffer | string;
  method?: number;
  flags?: number;
  /** What the directory says instead of what is so. */
  size?: number;
  packed?: number;
  crc?: number;
}

/** A zip file by APPNOTE.TXT. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 8, flags = 0, ...told } of entries) {
    const raw = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(raw) : raw;
    const head = Buffer.alloc(26);
    [20, flags, method].forEach((value, at) => void head.writeUInt16LE(value, at * 2));
    head.writeUInt32LE(told.crc ?? crc32(raw), 10);
    head.writeUInt32LE(told.packed ?? packed.length, 14);
    head.writeUInt32LE(told.size ?? raw.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    // Lengths of extra field and comment, disk, attributes; then where the file begins.
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, place, Buffer.from(name));
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed]);
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

/** An mbox of messages, each with `From ` quoted as mboxrd wants it. */
export const mbox = (messages: readonly string[]): string =>
  messages
    .map((text) => `From ann@x.example Fri Nov 20 10:00:00 2026\n${text.replace(/^(>*From )/gm, '>$1')}\n`)
    .join('');
