import type { GrayImage } from './gray.ts';

/** Unpacks LZW as GIF has it (GIF89a, appendix F), at most `pixels` indexes. */
function unpackLzw(packed: Buffer, minBits: number, pixels: number): Uint8Array {
  const out = new Uint8Array(pixels);
  const prefix = new Uint16Array(4_096);
  const suffix = new Uint8Array(4_096);
  const lengths = new Uint16Array(4_096);
  const clear = 1 << minBits;
  for (let code = 0; code < clear; code++) {
    suffix[code] = code;
    lengths[code] = 1;
  }
  let bits = minBits + 1;
  let next = clear + 2;
  let before = -1;
  let to = 0;
  let store = 0;
  let stored = 0;
  /** Writes a code's run from its end to its start; returns its first index. */
  const write = (code: number): number => {
    const length = lengths[code] ?? 0;
    let current = code;
    for (let at = to + length - 1; at > to; at--) {
      if (at < pixels) out[at] = suffix[current] ?? 0;
      current = prefix[current] ?? 0;
    }
    out[to] = suffix[current] ?? 0;
    to += length;
    return suffix[current] ?? 0;
  };
  for (const byte of packed) {
    store |= byte << stored;
    stored += 8;
    while (stored >= bits) {
      const code = store & ((1 << bits) - 1);
      store >>>= bits;
      stored -= bits;
      if (code === clear) {
        bits = minBits + 1;
        next = clear + 2;
        before = -1;
        continue;
      }
      if (code === clear + 1 || to >= pixels || code > next || (before < 0 && code >= clear)) return out;
      const isNew = code === next;
      const first = write(isNew ? before : code);
      if (isNew && to < pixels) out[to] = first;
      if (isNew) to++;
      if (before >= 0 && next < 4_096) {
        prefix[next] = before;
        suffix[next] = first;
        lengths[next] = (lengths[before] ?? 0) + 1;
        if (++next === 1 << bits && bits < 12) bits++;
      }
      before = code;
    }
  }
  return out;
}

/** The blocks of data from there on, as one; each begins with its length, an empty one ends. */
function blocks(bytes: Buffer, from: number): { data: Buffer; next: number } {
  const parts: Buffer[] = [];
  let at = from;
  for (let length = bytes[at] ?? 0; length > 0 && at < bytes.length; length = bytes[at] ?? 0) {
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { data: Buffer.concat(parts), next: at + 1 };
}

const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** The first frame of a GIF as brightness; null when it is broken or interlaced. */
export function decodeGif(bytes: Buffer, maxPixels: number): GrayImage | null {
  const shared = tableBytes(bytes[10] ?? 0);
  let table = bytes.subarray(13, 13 + shared);
  for (let at = 13 + shared; at + 10 < bytes.length; ) {
    if (bytes[at] === 0x21) {
      at = blocks(bytes, at + 2).next;
      continue;
    }
    if (bytes[at] !== 0x2c) return null;
    const width = bytes.readUInt16LE(at + 5);
    const height = bytes.readUInt16LE(at + 7);
    const flags = bytes[at + 9] ?? 0;
    const own = tableBytes(flags);
    const minBits = bytes[at + 10 + own] ?? 0;
    if (flags & 0x40 || width * height > maxPixels || minBits < 2 || minBits > 8) return null;
    if (own > 0) table = bytes.subarray(at + 10, at + 10 + own);
    const indexes = unpackLzw(blocks(bytes, at + 11 + own).data, minBits, width * height);
    const tones = Uint8Array.from({ length: 256 }, (_, index) => {
      const [red = 255, green = 255, blue = 255] = table.subarray(index * 3, index * 3 + 3);
      return (red + 2 * green + blue) >> 2;
    });
    const data = new Uint8ClampedArray(indexes.length);
    for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = tones[indexes[pixel] as number] as number;
    return { data, width, height };
  }
  return null;
}
