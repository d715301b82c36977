import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import { type ImportFile, UnusableFile } from './file.ts';
import type { Entry } from './mbox.ts';

const inflate = promisify(inflateRaw);

/** APPNOTE.TXT 4.3.16: the end of the central directory, with a comment of up to 65,535 bytes behind it. */
const endBytes = 22;
const maxEnd = endBytes + 65_535;
const maxDirectoryBytes = 16 * 1024 * 1024;
export const maxEntries = 100_000;
/** Of all entries together: small files that grow without end are refused. */
const maxTotalBytes = 2 * 1024 * 1024 * 1024;

interface Listed {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const damaged = () => new UnusableFile('The zip file is damaged.');

async function readDirectory(file: ImportFile): Promise<Listed[]> {
  const tail = await file.read(file.size - Math.min(file.size, maxEnd), maxEnd);
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (at < 0 || at + endBytes > tail.length) throw new UnusableFile('The file is not a zip file.');
  const count = tail.readUInt16LE(at + 10);
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || offset === 0xffffffff)
    throw new UnusableFile('Zip files of the 64-bit kind are not taken: split it into several.');
  if (length > maxDirectoryBytes) throw new UnusableFile('The zip file has too many files.');
  const directory = await file.read(offset, length);
  const listed: Listed[] = [];
  for (let head = 0; head + 46 <= directory.length; ) {
    if (directory.readUInt32LE(head) !== 0x02014b50) throw damaged();
    const nameEnd = head + 46 + directory.readUInt16LE(head + 28);
    listed.push({
      flags: directory.readUInt16LE(head + 8),
      method: directory.readUInt16LE(head + 10),
      crc: directory.readUInt32LE(head + 16),
      packed: directory.readUInt32LE(head + 20),
      size: directory.readUInt32LE(head + 24),
      offset: directory.readUInt32LE(head + 42),
      name: directory.toString('utf8', head + 46, nameEnd),
    });
    head = nameEnd + directory.readUInt16LE(head + 30) + directory.readUInt16LE(head + 32);
  }
  if (listed.length !== count) throw damaged();
  return listed;
}

/** Folders, and what macOS adds, are no messages. */
const isFile = ({ name }: Listed) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(name);

function refusalOf({ name, flags, method, packed, size }: Listed): string | null {
  if (!/\.eml$/i.test(name)) return 'It is not an .eml file.';
  if (flags & 1) return 'It is encrypted.';
  if (method !== 0 && method !== 8) return 'It is compressed in a way that is not known.';
  if (Math.max(size, method === 0 ? packed : 0) > maxMessageBytes)
    return `It is larger than ${maxMessageBytes} bytes.`;
  return size === 0 ? 'It is empty.' : null;
}

async function unpack(file: ImportFile, entry: Listed): Promise<Buffer | string> {
  const head = await file.read(entry.offset, 30);
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) return 'It is damaged.';
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = await file.read(start, entry.packed);
  try {
    // One byte more than announced is enough to see that it lies.
    const raw = entry.method === 0 ? packed : await inflate(packed, { maxOutputLength: entry.size + 1 });
    return raw.length === entry.size && crc32(raw) === entry.crc ? raw : 'It is damaged.';
  } catch {
    return 'It is damaged.';
  }
}

/** The .eml files of a zip file, one at a time; the first `skipped` are not unpacked. */
export async function* readZip(file: ImportFile, skipped: number): AsyncGenerator<Entry> {
  const entries = await listZip(file);
  for (const entry of entries.slice(skipped)) {
    const name = entry.name.toWellFormed().replaceAll('\0', '').slice(0, 200);
    const reason = refusalOf(entry);
    const unpacked = reason ?? (await unpack(file, entry));
    if (typeof unpacked === 'string') yield { name, raw: null, reason: unpacked };
    else yield { name, raw: unpacked };
  }
}

/** What is to be read of a zip file. Throws when it is none, or would take too much. */
export async function listZip(file: ImportFile): Promise<Listed[]> {
  const entries = (await readDirectory(file)).filter(isFile);
  if (entries.length > maxEntries) throw new UnusableFile('The zip file has too many files.');
  if (entries.reduce((sum, { size }) => sum + size, 0) > maxTotalBytes)
    throw new UnusableFile('The messages of the zip file are too large together: split it into several.');
  // What lies in the file once can be read in the time of one file: entries that share their bytes could take days.
  if (entries.reduce((sum, { packed }) => sum + packed, 0) > file.size) throw damaged();
  return entries;
}
