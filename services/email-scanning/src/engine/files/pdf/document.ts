import { type FileBudget, outOfTime } from '../budget.ts';
import { type PdfCipher, pdfCipher } from './decrypt.ts';
import { decodeStream } from './filters.ts';
import { PdfReader } from './reader.ts';
import { nameOf, numberOf, type PdfDict, PdfRef, PdfString, type PdfValue, PdfWord } from './values.ts';

export interface PdfStream {
  /** The object's number, which its encryption depends on. */
  number: number;
  dict: PdfDict;
  /** As it stands in the file. */
  raw: Buffer;
}

/** A PDF's objects, found by looking for them: the table of where they are is what attackers and bad writers break. */
export interface PdfDocument {
  /** All objects' numbers, in the order in which they stand. */
  numbers: number[];
  /** The dictionary that names the root, and whether the file is encrypted. */
  trailer: PdfDict;
  get(number: number): PdfValue | undefined;
  resolve(value: PdfValue | undefined): PdfValue | undefined;
  dictOf(value: PdfValue | undefined): PdfDict;
  streamOf(value: PdfValue | undefined): PdfStream | null;
  /** Decoded; null when it cannot be. `left`: the filter that remains. */
  decode(stream: PdfStream): { bytes: Buffer; left: string } | null;
  /** Whether it is encrypted with a password, so that neither strings nor streams can be read. */
  locked: boolean;
  /** Whether a limit ended the reading. */
  cut: boolean;
}

const maxObjects = 20_000;
const maxObjectStreams = 300;
const maxObjectBytes = 1024 * 1024;
const maxTrailers = 50;
const space = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const digit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;

/** Where `12 0 obj` stands, by number; of an object that was changed the last one counts. */
function findObjects(bytes: Buffer): { places: Map<number, number>; cut: boolean } {
  const places = new Map<number, number>();
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    if (places.size >= maxObjects) return { places, cut: true };
    let back = at - 1;
    const skip = (test: (byte: number | undefined) => boolean) => {
      const from = back;
      while (back >= 0 && from - back < 12 && test(bytes[back])) back--;
      return from - back;
    };
    skip(space);
    if (skip(digit) === 0 || skip(space) === 0) continue;
    const end = back + 1;
    if (skip(digit) === 0) continue;
    const number = Number(bytes.toString('latin1', back + 1, end));
    places.delete(number);
    places.set(number, at + 3);
  }
  return { places, cut: false };
}

const empty: PdfDict = new Map();

export function openPdf(bytes: Buffer, budget: FileBudget): PdfDocument {
  const { places, cut } = findObjects(bytes);
  const values = new Map<number, PdfValue | undefined>();
  const streams = new Map<number, PdfStream>();
  const trailer: PdfDict = new Map();
  let cipher: PdfCipher | null = null;

  function load(number: number): PdfValue | undefined {
    if (values.has(number)) return values.get(number);
    const place = places.get(number);
    if (place === undefined) return undefined;
    values.set(number, undefined);
    const reader = new PdfReader(bytes, place, place + maxObjectBytes);
    const written = reader.read();
    const value = cipher ? decryptStrings(written, number, cipher) : written;
    values.set(number, value);
    if (value instanceof Map) {
      const next = reader.read();
      if (next instanceof PdfWord && next.word === 'stream')
        streams.set(number, { number, dict: value, raw: rawStream(value, reader.at) });
    }
    return value;
  }

  function rawStream(dict: PdfDict, at: number): Buffer {
    let from = at;
    if (bytes[from] === 13) from++;
    if (bytes[from] === 10) from++;
    const length = numberOf(resolve(dict.get('Length')), -1);
    const said = from + length;
    if (length >= 0 && bytes.subarray(said, said + 20).includes('endstream'))
      return bytes.subarray(from, said);
    const end = bytes.indexOf('endstream', from);
    return bytes.subarray(from, end < 0 ? bytes.length : end);
  }

  function resolve(value: PdfValue | undefined): PdfValue | undefined {
    let resolved = value;
    for (let steps = 0; resolved instanceof PdfRef && steps < 10; steps++) resolved = load(resolved.number);
    return resolved instanceof PdfRef ? undefined : resolved;
  }

  const document: PdfDocument = {
    numbers: [],
    trailer,
    get: load,
    resolve,
    dictOf(value) {
      const resolved = resolve(value);
      return resolved instanceof Map ? resolved : empty;
    },
    streamOf(value) {
      if (!(value instanceof PdfRef)) return null;
      load(value.number);
      return streams.get(value.number) ?? null;
    },
    decode: ({ number, dict, raw }) =>
      decodeStream(cipher ? cipher.stream(raw, number) : raw, dict, resolve, budget),
    locked: false,
    cut,
  };

  /** Objects that stand packed in a stream (ISO 32000-1, 7.5.7). */
  function unpackObjects(stream: PdfStream): void {
    const decoded = document.decode(stream);
    if (!decoded) return;
    const count = Math.min(numberOf(resolve(stream.dict.get('N'))), maxObjects);
    const first = numberOf(resolve(stream.dict.get('First')));
    const head = new PdfReader(decoded.bytes, 0, first);
    for (let index = 0; index < count && values.size < maxObjects; index++) {
      const number = head.read();
      const offset = head.read();
      if (typeof number !== 'number' || typeof offset !== 'number') return;
      if (!places.has(number)) values.set(number, new PdfReader(decoded.bytes, first + offset).read());
    }
  }

  /** Loads all objects that stand in the file itself; ends early when time does. */
  function loadAll(see: (value: PdfDict, stream: PdfStream) => void): void {
    for (const number of places.keys()) {
      if (outOfTime(budget)) {
        document.cut = true;
        return;
      }
      const value = load(number);
      const stream = streams.get(number);
      if (stream && value instanceof Map) see(value, stream);
    }
  }

  loadAll((value) => {
    if (nameOf(value.get('Type')) === 'XRef') for (const [key, entry] of value) trailer.set(key, entry);
  });
  readTrailers(bytes, trailer);
  if (trailer.has('Encrypt')) {
    const id = resolve(trailer.get('ID'));
    const first = Array.isArray(id) ? resolve(id[0]) : undefined;
    const encryption = resolveAll(document, document.dictOf(trailer.get('Encrypt')));
    cipher = pdfCipher(encryption, Buffer.from(first instanceof PdfString ? first.bytes : '', 'latin1'));
    document.locked = cipher === null;
    values.clear();
    streams.clear();
  }
  let objectStreams = 0;
  if (!document.locked)
    loadAll((value, stream) => {
      if (nameOf(value.get('Type')) === 'ObjStm' && objectStreams++ < maxObjectStreams) unpackObjects(stream);
    });
  document.numbers = document.locked ? [] : [...values.keys()];
  return document;
}

/** What trailers say, the last one above all. */
function readTrailers(bytes: Buffer, trailer: PdfDict): void {
  let trailers = 0;
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) {
    if (trailers++ >= maxTrailers) return;
    const value = new PdfReader(bytes, at + 7, at + 20_000).read();
    if (value instanceof Map) for (const [key, entry] of value) trailer.set(key, entry);
  }
}

/** A dictionary whose values are no references, two levels deep: enough for that of the encryption. */
function resolveAll(document: PdfDocument, dict: PdfDict, depth = 0): PdfDict {
  const resolved: PdfDict = new Map();
  for (const [key, entry] of dict) {
    const value = document.resolve(entry);
    if (value !== undefined)
      resolved.set(key, value instanceof Map && depth < 2 ? resolveAll(document, value, depth + 1) : value);
  }
  return resolved;
}

/** The value with its strings decrypted. */
function decryptStrings(
  value: PdfValue | undefined,
  number: number,
  cipher: PdfCipher,
): PdfValue | undefined {
  if (value instanceof PdfString) return new PdfString(cipher.string(value.bytes, number));
  if (Array.isArray(value)) return value.map((entry) => decryptStrings(entry, number, cipher) ?? null);
  if (!(value instanceof Map)) return value;
  return new Map([...value].map(([key, entry]) => [key, decryptStrings(entry, number, cipher) ?? null]));
}
