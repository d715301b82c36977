import { fileLimits, outOfTime } from '../budget.ts';
import { type Examination, sign } from '../examination.ts';
import type { FileKind } from '../facts.ts';
import { inflate } from '../inflate.ts';
import { examineName } from '../name.ts';
import { examineOoxml } from '../office/ooxml.ts';
import { readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Unpacks one file; null when it is encrypted, packed otherwise, broken or beyond the budget. */
export type Unpack = (entry: ZipEntry) => Buffer | null;

/** Nothing honest of more than 200 MB is packed a hundred times smaller. */
const bombBytes = 200 * 1024 * 1024;
const bombRatio = 100;

function unpacker(own: Examination, bytes: Buffer): Unpack {
  return ({ encrypted, method, dataAt, packedBytes, bytes: size, name }) => {
    if (encrypted) return null;
    const packed = bytes.subarray(dataAt, dataAt + packedBytes);
    if (method === 0) return packed;
    if (method !== 8) {
      sign(own, 'archive-not-unpacked', `method ${method}`);
      return null;
    }
    // One byte more than it says: a file that is larger lies.
    const unpacked = inflate(packed, 'deflate', own.budget, Math.min(fileLimits.entryBytes, size + 1));
    if (unpacked.bytes && unpacked.bytes.length <= size) return unpacked.bytes;
    if (
      unpacked.bytes ||
      (unpacked.why === 'too-large' && size < Math.min(fileLimits.entryBytes, own.budget.unpackedBytes))
    )
      sign(own, 'archive-inconsistent', `${name} is larger than it says`);
    else if (unpacked.bytes === null && unpacked.why === 'too-large') sign(own, 'not-examined', 'size');
    else sign(own, 'damaged', name);
    return null;
  };
}

/** What the files of a zip make it: an office document, a program for Java, or an archive. */
function zipKind(entries: ZipEntry[]): FileKind {
  const names = new Set(entries.map(({ name }) => name));
  if (names.has('[Content_Types].xml')) return 'ooxml';
  const [first] = entries;
  if (first?.name === 'mimetype' && names.has('META-INF/manifest.xml')) return 'odf';
  if (names.has('META-INF/MANIFEST.MF') && entries.some(({ name }) => name.endsWith('.class'))) return 'java';
  return 'zip';
}

function judgeDirectory(own: Examination, directory: ZipDirectory, packedBytes: number): void {
  const { entries, announced, inconsistencies, overlapping, damaged } = directory;
  if (damaged) sign(own, 'damaged', 'the directory is missing');
  if (inconsistencies[0] !== undefined) sign(own, 'archive-inconsistent', inconsistencies[0]);
  const unpackedBytes = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (overlapping) sign(own, 'archive-bomb', 'its files overlap');
  else if (unpackedBytes > bombBytes && unpackedBytes / Math.max(1, packedBytes) > bombRatio)
    sign(
      own,
      'archive-bomb',
      `${Math.round(unpackedBytes / 1024 / 1024)} MB in ${Math.ceil(packedBytes / 1024)} KB`,
    );
  if (announced > entries.length) sign(own, 'not-examined', `${announced} files`);
}

function examineEntries(own: Examination, entries: ZipEntry[], unpack: Unpack): void {
  for (const entry of entries) {
    if (entry.name.endsWith('/') && entry.bytes === 0) continue;
    const named = { ...own, path: [...own.path, entry.name] };
    if (own.budget.entries-- <= 0) {
      sign(own, 'not-examined', 'number of files');
      return;
    }
    const bytes = outOfTime(own.budget) ? null : unpack(entry);
    if (bytes) own.within(bytes, entry.name);
    else {
      examineName(named, entry.name, 'other');
      own.facts.entries.push({ name: named.path.join('/'), sha256: null, kind: 'other' });
    }
    if (entry.encrypted) sign(own, 'encrypted-entry', entry.name);
  }
  if (outOfTime(own.budget)) sign(own, 'not-examined', 'time');
}

/** A zip, or what is made of one. A bomb is not unpacked. */
export function examineZip(own: Examination, bytes: Buffer): FileKind {
  const directory = readZipDirectory(bytes, Math.max(1, Math.min(fileLimits.entries, own.budget.entries)));
  const kind = zipKind(directory.entries);
  judgeDirectory(own, directory, bytes.length);
  const isBomb = own.facts.signs.some(
    ({ code, path }) => code === 'archive-bomb' && path.length === own.path.length,
  );
  if (isBomb) return kind;
  const unpack = unpacker(own, bytes);
  if (kind === 'ooxml' || kind === 'odf') examineOoxml(own, directory.entries, unpack);
  else if (kind === 'java') sign(own, 'program', 'a program for Java');
  else if (own.depth >= fileLimits.depth) sign(own, 'archive-too-deep');
  else examineEntries(own, directory.entries, unpack);
  return kind;
}
