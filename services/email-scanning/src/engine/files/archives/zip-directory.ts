/** A file of a zip as the central directory lists it. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated, others are not unpacked. */
  method: number;
  encrypted: boolean;
  packedBytes: number;
  bytes: number;
  /** Where its local header stands, and its data. */
  headerAt: number;
  dataAt: number;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  /** How many the directory announces. */
  announced: number;
  /** Why two programs may see two different archives; empty when they do not. */
  inconsistencies: string[];
  /** Whether the files' data overlap. */
  overlapping: boolean;
  /** Whether the directory is missing, so that the local headers had to do. */
  damaged: boolean;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endHeader = 0x06054b50;
const encryptedBit = 0x1;
const utf8Bit = 0x800;

const nameAt = (bytes: Buffer, from: number, length: number, flags: number) =>
  bytes.toString(flags & utf8Bit ? 'utf8' : 'latin1', from, from + length).slice(0, 500);

/** A name's bytes: the same name may be marked as UTF-8 in one place alone. */
const rawName = (bytes: Buffer, lengthAt: number, from: number) =>
  bytes.subarray(from, from + bytes.readUInt16LE(lengthAt));

/** Where the end record stands: the last one within the longest comment. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--)
    if (bytes[at] === 0x50 && bytes.readUInt32LE(at) === endHeader) return at;
  return -1;
}

/** The local header at that place, or null. Sizes are 0 when they follow the data. */
function readLocal(bytes: Buffer, at: number): (ZipEntry & { streamed: boolean }) | null {
  if (at < 0 || at + 30 > bytes.length || bytes.readUInt32LE(at) !== localHeader) return null;
  const flags = bytes.readUInt16LE(at + 6);
  const nameLength = bytes.readUInt16LE(at + 26);
  return {
    name: nameAt(bytes, at + 30, nameLength, flags),
    method: bytes.readUInt16LE(at + 8),
    encrypted: (flags & encryptedBit) !== 0,
    packedBytes: bytes.readUInt32LE(at + 18),
    bytes: bytes.readUInt32LE(at + 22),
    headerAt: at,
    dataAt: at + 30 + nameLength + bytes.readUInt16LE(at + 28),
    streamed: (flags & 0x8) !== 0,
  };
}

/** What the local headers list, one after the other, as unpackers that stream read it. */
function walkLocal(bytes: Buffer, from: number, max: number): ZipEntry[] {
  const found: ZipEntry[] = [];
  for (let at = from; found.length < max; ) {
    const local = readLocal(bytes, at);
    if (!local) return found;
    found.push(local);
    if (local.streamed && local.packedBytes === 0) return found;
    at = local.dataAt + local.packedBytes;
  }
  return found;
}

function overlaps(entries: ZipEntry[]): boolean {
  const sorted = [...entries].sort((a, b) => a.headerAt - b.headerAt);
  return sorted.some((entry, index) => {
    const next = sorted[index + 1];
    return next !== undefined && entry.packedBytes > 0 && entry.dataAt + entry.packedBytes > next.headerAt;
  });
}

function readCentral(bytes: Buffer, end: number, max: number): ZipDirectory | null {
  const size = bytes.readUInt32LE(end + 12);
  const start = bytes.readUInt32LE(end + 16);
  // Something may stand in front of the archive: the directory then begins later than it says.
  const shift = Math.max(0, end - size - start);
  const directory: ZipDirectory = {
    ...{ entries: [], announced: bytes.readUInt16LE(end + 10), inconsistencies: [] },
    ...{ overlapping: false, damaged: false },
  };
  let at = start + shift;
  while (
    directory.entries.length < max &&
    at + 46 <= bytes.length &&
    bytes.readUInt32LE(at) === centralHeader
  ) {
    const flags = bytes.readUInt16LE(at + 8);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = nameAt(bytes, at + 46, nameLength, flags);
    const headerAt = bytes.readUInt32LE(at + 42) + shift;
    const local = readLocal(bytes, headerAt);
    const encrypted = (flags & encryptedBit) !== 0;
    if (!local) directory.inconsistencies.push(`${name} has no header of its own`);
    else if (!rawName(bytes, headerAt + 26, headerAt + 30).equals(rawName(bytes, at + 28, at + 46)))
      directory.inconsistencies.push(`${name} is also called ${local.name}`);
    else if (local.method !== bytes.readUInt16LE(at + 10))
      directory.inconsistencies.push(`${name} is packed in two ways`);
    directory.entries.push({
      ...{ name, method: bytes.readUInt16LE(at + 10), encrypted: encrypted || (local?.encrypted ?? false) },
      ...{ packedBytes: bytes.readUInt32LE(at + 20), bytes: bytes.readUInt32LE(at + 24), headerAt },
      dataAt: local?.dataAt ?? bytes.length,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (directory.entries.length === 0 && directory.announced > 0) return null;
  if (shift > 0 && readLocal(bytes, 0)) directory.inconsistencies.push('two archives in one');
  return directory;
}

/** The files of a zip by its central directory, checked against the headers before each file. At most `max` are read. */
export function readZipDirectory(bytes: Buffer, max: number): ZipDirectory {
  const end = findEnd(bytes);
  const directory = end < 0 ? null : readCentral(bytes, end, max);
  if (!directory) {
    const entries = walkLocal(bytes, 0, max);
    return {
      ...{ entries, announced: entries.length, inconsistencies: [], overlapping: false, damaged: true },
    };
  }
  const listed = new Set(directory.entries.map(({ headerAt }) => headerAt));
  const unlisted = walkLocal(bytes, 0, max).find(({ headerAt }) => !listed.has(headerAt));
  if (unlisted && directory.announced <= max)
    directory.inconsistencies.push(`${unlisted.name} is not in the directory`);
  directory.overlapping = overlaps(directory.entries);
  return directory;
}
