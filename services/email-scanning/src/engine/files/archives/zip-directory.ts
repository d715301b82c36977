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
const largeEnd = 0x06064b50;
const largeLocator = 0x07064b50;
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

const large = 0xffffffff;

/** A number of eight bytes, as far as it can be counted. */
const long = (bytes: Buffer, at: number) => (at + 8 <= bytes.length ? Number(bytes.readBigUInt64LE(at)) : 0);

/** Where the directory is, by the end record; by that of large archives (zip64), when it stands before it. */
function readEnd(bytes: Buffer, end: number): { count: number; size: number; start: number; before: number } {
  const locator = end - 20;
  if (locator >= 0 && bytes.readUInt32LE(locator) === largeLocator) {
    const at = long(bytes, locator + 8);
    if (at + 56 <= bytes.length && bytes.readUInt32LE(at) === largeEnd)
      return {
        count: long(bytes, at + 32),
        size: long(bytes, at + 40),
        start: long(bytes, at + 48),
        before: at,
      };
  }
  return {
    count: bytes.readUInt16LE(end + 10),
    size: bytes.readUInt32LE(end + 12),
    start: bytes.readUInt32LE(end + 16),
    before: end,
  };
}

/** Sizes and place of a file; those that need more than four bytes stand in its extra field (APPNOTE 4.5.3). */
function readSizes(bytes: Buffer, at: number): { size: number; packed: number; headerAt: number } {
  const sizes = {
    size: bytes.readUInt32LE(at + 24),
    packed: bytes.readUInt32LE(at + 20),
    headerAt: bytes.readUInt32LE(at + 42),
  };
  const from = at + 46 + bytes.readUInt16LE(at + 28);
  const to = Math.min(from + bytes.readUInt16LE(at + 30), bytes.length);
  for (let field = from; field + 4 <= to; field += 4 + bytes.readUInt16LE(field + 2)) {
    if (bytes.readUInt16LE(field) !== 1) continue;
    let value = field + 4;
    for (const key of ['size', 'packed', 'headerAt'] as const) {
      if (sizes[key] !== large) continue;
      sizes[key] = long(bytes, value);
      value += 8;
    }
    break;
  }
  return sizes;
}

/** What a file's own header says otherwise than the directory. */
function differences(bytes: Buffer, at: number, name: string, local: ZipEntry | null): string[] {
  if (!local) return [`${name} has no header of its own`];
  if (!rawName(bytes, local.headerAt + 26, local.headerAt + 30).equals(rawName(bytes, at + 28, at + 46)))
    return [`${name} is also called ${local.name}`];
  return local.method === bytes.readUInt16LE(at + 10) ? [] : [`${name} is packed in two ways`];
}

function readCentral(bytes: Buffer, end: number, max: number): ZipDirectory | null {
  const { count, size, start, before } = readEnd(bytes, end);
  // Something may stand in front of the archive: the directory then begins later than it says.
  const shift = Math.max(0, before - size - start);
  const entries: ZipEntry[] = [];
  const inconsistencies: string[] = [];
  let at = start + shift;
  while (entries.length < max && at + 46 <= bytes.length && bytes.readUInt32LE(at) === centralHeader) {
    const flags = bytes.readUInt16LE(at + 8);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = nameAt(bytes, at + 46, nameLength, flags);
    const sizes = readSizes(bytes, at);
    const local = readLocal(bytes, sizes.headerAt + shift);
    if (inconsistencies.length < 10) inconsistencies.push(...differences(bytes, at, name, local));
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      encrypted: (flags & encryptedBit) !== 0 || (local?.encrypted ?? false),
      packedBytes: sizes.packed,
      bytes: sizes.size,
      headerAt: sizes.headerAt + shift,
      dataAt: local?.dataAt ?? bytes.length,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (entries.length === 0 && count > 0) return null;
  if (shift > 0 && readLocal(bytes, 0)) inconsistencies.push('two archives in one');
  return { entries, announced: count, inconsistencies, overlapping: false, damaged: false };
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
