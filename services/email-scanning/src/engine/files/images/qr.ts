import jsQrModule from 'jsqr';
import { addText, addUrl, type Examination } from '../examination.ts';
import { type Corner, findCode } from './finder.ts';
import type { GrayImage } from './gray.ts';

/** The package is CommonJS; its types speak of a default export. */
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** Modules around the centres of the corner squares that belong to the code or to its quiet zone. */
const margin = 8;

/** The part of a picture that holds the code, as RGBA, dark on light: reading it costs far less than the whole. */
function cut(
  { data, width, height }: GrayImage,
  corners: Corner[],
  dark: boolean,
): { pixels: Uint8ClampedArray; columns: number; rows: number } {
  const around = Math.max(...corners.map(({ module }) => module)) * margin;
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs) - around));
  const top = Math.max(0, Math.floor(Math.min(...ys) - around));
  const columns = Math.min(width, Math.ceil(Math.max(...xs) + around)) - left;
  const rows = Math.min(height, Math.ceil(Math.max(...ys) + around)) - top;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let y = 0, to = 0; y < rows; y++)
    for (let x = 0, from = (top + y) * width + left; x < columns; x++, from++, to += 4) {
      const value = dark ? (data[from] as number) : 255 - (data[from] as number);
      pixels[to] = value;
      pixels[to + 1] = value;
      pixels[to + 2] = value;
      pixels[to + 3] = 255;
    }
  return { pixels, columns, rows };
}

function read(image: GrayImage, dark: boolean): string {
  const corners = findCode(image, dark);
  if (!corners) return '';
  const { pixels, columns, rows } = cut(image, corners, dark);
  return jsQr(pixels, columns, rows, { inversionAttempts: 'dontInvert' })?.data.trim() ?? '';
}

/** What the QR code in a picture says; empty when there is none. */
export const readCode = (image: GrayImage): string => read(image, true) || read(image, false);

/** What a code says is a link, or text such as the account of an invoice's payment code. */
export function tellCode(own: Examination, text: string): void {
  if (text === '') return;
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(text)) {
    if (own.facts.qrUrls.length < 20) own.facts.qrUrls.push(text.slice(0, 2_000));
  } else if (/^[a-z][a-z0-9+.-]{2,20}:\S+$/i.test(text)) addUrl(own, text);
  addText(own, text);
}
