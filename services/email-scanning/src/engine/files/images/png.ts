import { constants, inflateSync } from 'node:zlib';
import type { GrayImage } from './gray.ts';
import { undoPng } from './png-filter.ts';

/** Samples a pixel by colour type (ISO/IEC 15948, 11.2.2). */
const channels: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Chunks {
  header: Buffer;
  palette: Buffer;
  alpha: Buffer;
  data: Buffer;
}

function readChunks(bytes: Buffer): Chunks {
  const parts: Buffer[] = [];
  const none: Buffer = Buffer.alloc(0);
  const found = { header: none, palette: none, alpha: none };
  for (let at = 8; at + 8 <= bytes.length; ) {
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') found.header = content;
    else if (type === 'PLTE') found.palette = content;
    else if (type === 'tRNS') found.alpha = content;
    else if (type === 'IDAT') parts.push(content);
    else if (type === 'IEND') break;
    at += 12 + content.length;
  }
  return { ...found, data: Buffer.concat(parts) };
}

interface Layout {
  width: number;
  height: number;
  bits: number;
  /** Colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  type: number;
  rowBytes: number;
  /** Every how many pixels and rows one is taken. */
  every: number;
}

/** Brightness of a palette's colours; what can be seen through is white, as mail programs show it. */
function paletteTones(palette: Buffer, alpha: Buffer): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    return (alpha[index] ?? 255) < 128 ? 255 : (red + 2 * green + blue) >> 2;
  });
}

/** Pixels of less than a byte, and of palettes. */
function fromIndexes(
  lines: Uint8Array,
  { bits, type, rowBytes, every, ...size }: Layout,
  tones: Uint8Array,
): GrayImage {
  const width = Math.ceil(size.width / every);
  const height = Math.ceil(size.height / every);
  const data = new Uint8ClampedArray(width * height);
  const top = (1 << bits) - 1;
  const greys = type === 3 ? tones : Uint8Array.from({ length: 256 }, (_, value) => (value * 255) / top);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0, at = 0; x < width; x++, at += every * bits, to++) {
      const byte = lines[y * every * rowBytes + (at >> 3)] as number;
      data[to] = greys[(byte >> (8 - bits - (at & 7))) & top] as number;
    }
  return { data, width, height };
}

/** Pixels of whole bytes: the higher byte of each sample, red and green of colours. */
function fromSamples(lines: Uint8Array, { bits, type, rowBytes, every, ...size }: Layout): GrayImage {
  const width = Math.ceil(size.width / every);
  const height = Math.ceil(size.height / every);
  const data = new Uint8ClampedArray(width * height);
  const step = bits === 16 ? 2 : 1;
  const samples = channels[type] as number;
  const second = samples < 3 ? 0 : step;
  const alphaAt = samples === 2 || samples === 4 ? (samples - 1) * step : -1;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0, at = y * every * rowBytes; x < width; x++, at += samples * step * every, to++) {
      const isClear = alphaAt >= 0 && (lines[at + alphaAt] as number) < 128;
      data[to] = isClear ? 255 : ((lines[at] as number) + (lines[at + second] as number)) >> 1;
    }
  return { data, width, height };
}

/** Of larger pictures every second pixel is enough: codes in them are large too. */
const largePixels = 800_000;

/**
 * A PNG as brightness; null when it is broken or interlaced, which codes in mails are not. The size is known to be small
 * enough; unpacking stops at what it needs. An own reader, as a library's would unpack without a limit.
 */
export function decodePng(bytes: Buffer): GrayImage | null {
  const { header, palette, alpha, data } = readChunks(bytes);
  if (header.length < 13 || header[12] !== 0) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [bits = 0, type = 0] = header.subarray(8, 10);
  const samples = channels[type];
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(bits)) return null;
  const rowBytes = Math.ceil((width * samples * bits) / 8);
  const maxOutputLength = (rowBytes + 1) * height + 1024;
  const unpacked = inflateSync(data, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
  const lines = undoPng(unpacked, rowBytes, Math.max(1, (samples * bits) >> 3));
  if (lines.length < rowBytes * height) return null;
  const every = width * height > largePixels ? 2 : 1;
  const layout = { width, height, bits, type, rowBytes, every };
  return bits < 8 || type === 3
    ? fromIndexes(lines, layout, paletteTones(palette, alpha))
    : fromSamples(lines, layout);
}
