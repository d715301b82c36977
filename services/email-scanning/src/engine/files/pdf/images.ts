import { type Examination, sign } from '../examination.ts';
import type { GrayImage } from '../images/gray.ts';
import { worthLooking } from '../images/gray.ts';
import { decodeJpeg, jpegCost } from '../images/jpeg.ts';
import { readCode, tellCode } from '../images/qr.ts';
import type { PdfDocument, PdfStream } from './document.ts';
import { nameOf, numberOf, type PdfDict, PdfString } from './values.ts';

/** How many components a pixel has; null for colour spaces that no QR code needs. */
function componentsOf(
  document: PdfDocument,
  dict: PdfDict,
): { count: number; palette: Buffer | null } | null {
  const space = document.resolve(dict.get('ColorSpace'));
  const parts = Array.isArray(space) ? space : [space];
  const name = nameOf(document.resolve(parts[0]));
  if (dict.get('ImageMask') === true || /Gray$/.test(name)) return { count: 1, palette: null };
  if (/RGB$/.test(name)) return { count: 3, palette: null };
  if (name === 'ICCBased') {
    const count = numberOf(document.streamOf(parts[1])?.dict.get('N'), 3);
    return count === 1 || count === 3 ? { count, palette: null } : null;
  }
  if (name !== 'Indexed') return null;
  const table = document.resolve(parts[3]);
  const stream = document.streamOf(parts[3]);
  const palette =
    table instanceof PdfString
      ? Buffer.from(table.bytes, 'latin1')
      : stream && document.decode(stream)?.bytes;
  return palette ? { count: 1, palette } : null;
}

/** The brightness of each pixel of an unpacked image. */
function toGray(
  document: PdfDocument,
  dict: PdfDict,
  bytes: Buffer,
  width: number,
  height: number,
): GrayImage | null {
  const components = componentsOf(document, dict);
  const bits =
    dict.get('ImageMask') === true ? 1 : numberOf(document.resolve(dict.get('BitsPerComponent')), 8);
  if (!components || ![1, 2, 4, 8].includes(bits) || (components.count === 3 && bits !== 8)) return null;
  const { count, palette } = components;
  const rowBytes = Math.ceil((width * count * bits) / 8);
  if (bytes.length < rowBytes * height) return null;
  const data = new Uint8ClampedArray(width * height);
  const top = (1 << bits) - 1;
  for (let y = 0, out = 0; y < height; y++)
    for (let x = 0; x < width; x++, out++) {
      const at = y * rowBytes + ((x * bits * count) >> 3);
      if (count === 3) data[out] = ((bytes[at] ?? 0) + 2 * (bytes[at + 1] ?? 0) + (bytes[at + 2] ?? 0)) >> 2;
      else {
        const value = ((bytes[at] ?? 0) >> (8 - bits - ((x * bits) & 7))) & top;
        data[out] = palette ? (palette[value * 3 + 1] ?? 0) : (value * 255) / top;
      }
    }
  return { data, width, height };
}

function decodeImage(
  document: PdfDocument,
  stream: PdfStream,
  width: number,
  height: number,
): GrayImage | null {
  const decoded = document.decode(stream);
  if (!decoded) return null;
  return decoded.left === 'DCTDecode'
    ? decodeJpeg(decoded.bytes, width * height)
    : toGray(document, stream.dict, decoded.bytes, width, height);
}

const isJpeg = (document: PdfDocument, { dict }: PdfStream): boolean => {
  const filter = document.resolve(dict.get('Filter'));
  return nameOf(Array.isArray(filter) ? filter.at(-1) : filter) === 'DCTDecode';
};

/** Looks for QR codes in the pictures that pages show. A broken picture is no sign of anything. */
export function examinePdfImages(own: Examination, document: PdfDocument, images: PdfStream[]): void {
  if (!own.budget.codes) return;
  for (const stream of images) {
    const width = numberOf(document.resolve(stream.dict.get('Width')));
    const height = numberOf(document.resolve(stream.dict.get('Height')));
    if (!worthLooking(width, height, own.budget, isJpeg(document, stream) ? jpegCost : 1)) continue;
    try {
      const gray = decodeImage(document, stream, width, height);
      if (gray) tellCode(own, readCode(gray));
    } catch {
      sign(own, 'damaged', 'a picture');
    }
  }
}
