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

/** Over white, as mail programs show it. */
const overWhite = (value: number, alpha: number) => 255 - (((255 - value) * alpha) >> 8);

/**
 * A PNG as brightness; null when it is broken or interlaced, which codes in mails are not. The size is known to be small
 * enough; unpacking stops at what it needs. An own reader, as a library's would unpack without a limit.
 */
export function decodePng(bytes: Buffer): GrayImage | null {
  const { header, palette, alpha, data } = readChunks(bytes);
  if (header.length < 13 || header[12] !== 0) return null;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const bits = header[8] ?? 0;
  const type = header[9] ?? 0;
  const samples = channels[type];
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(bits)) return null;
  const rowBytes = Math.ceil((width * samples * bits) / 8);
  const maxOutputLength = (rowBytes + 1) * height + 1024;
  const lines = undoPng(
    inflateSync(data, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
    rowBytes,
    Math.max(1, (samples * bits) >> 3),
  );
  if (lines.length < rowBytes * height) return null;
  const out = new Uint8ClampedArray(width * height);
  const step = bits === 16 ? 2 : 1;
  const top = (1 << Math.min(bits, 8)) - 1;
  const tones = Uint8Array.from({ length: 256 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    return overWhite((red + 2 * green + blue) >> 2, (alpha[index] ?? 255) + 1);
  });
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to++) {
      if (bits < 8) {
        const value = ((lines[y * rowBytes + ((x * bits) >> 3)] ?? 0) >> (8 - bits - ((x * bits) & 7))) & top;
        out[to] = type === 3 ? (tones[value] ?? 0) : (value * 255) / top;
        continue;
      }
      const at = y * rowBytes + x * samples * step;
      const first = lines[at] ?? 0;
      if (type === 3) out[to] = tones[first] ?? 0;
      else if (samples < 3) out[to] = samples === 1 ? first : overWhite(first, (lines[at + step] ?? 0) + 1);
      else {
        const value = (first + 2 * (lines[at + step] ?? 0) + (lines[at + 2 * step] ?? 0)) >> 2;
        out[to] = samples === 3 ? value : overWhite(value, (lines[at + 3 * step] ?? 0) + 1);
      }
    }
  return { data: out, width, height };
}
