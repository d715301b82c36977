import jsQrModule from 'jsqr';
import { addText, addUrl, type Examination } from '../examination.ts';
import { mayHoldCode } from './finder.ts';
import { type GrayImage, halved } from './gray.ts';

/** The package is CommonJS with its function as `default`. */
const jsQr =
  (jsQrModule as unknown as { default?: typeof jsQrModule.default }).default ?? (jsQrModule as never);

const largePixels = 700_000;

function read({ data, width, height }: GrayImage, dark: boolean): string | null {
  const pixels = new Uint8ClampedArray(data.length * 4);
  for (let from = 0, to = 0; from < data.length; from++, to += 4) {
    const value = data[from] ?? 0;
    pixels[to] = value;
    pixels[to + 1] = value;
    pixels[to + 2] = value;
    pixels[to + 3] = 255;
  }
  return jsQr(pixels, width, height, { inversionAttempts: dark ? 'dontInvert' : 'onlyInvert' })?.data ?? null;
}

/** Reads a QR code, if there is one. What it says is a link, or text such as the account of an invoice's payment code. */
export function examineQr(own: Examination, image: GrayImage): void {
  const small = image.data.length > largePixels ? halved(image) : image;
  for (const dark of [true, false]) {
    if (!mayHoldCode(small, dark)) continue;
    const text = read(small, dark)?.trim();
    if (!text) continue;
    const link = /^(?:https?:\/\/|www\.)\S+$/i.test(text);
    if (link && own.facts.qrUrls.length < 20) own.facts.qrUrls.push(text.slice(0, 2_000));
    else if (/^[a-z][a-z0-9+.-]{2,20}:\S+$/i.test(text)) addUrl(own, text);
    addText(own, text);
    return;
  }
}
