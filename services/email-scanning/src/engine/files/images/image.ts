import type { Examination } from '../examination.ts';
import { decodeGif } from './gif.ts';
import { type GrayImage, worthLooking } from './gray.ts';
import { decodeJpeg, jpegCost } from './jpeg.ts';
import { decodePng } from './png.ts';
import { examineQr } from './qr.ts';
import { imageSize } from './size.ts';

/** Drawings pack to much less than a byte a pixel; photos do not, and hold no code that matters. */
const maxBytesPerPixel = 1;

function decode(bytes: Buffer, format: string, pixels: number): GrayImage | null {
  if (format === 'png') return decodePng(bytes);
  return format === 'gif' ? decodeGif(bytes, pixels) : decodeJpeg(bytes, pixels);
}

/** A picture: looked at for QR codes when it may hold one. A broken picture is no sign of anything. */
export function examineImage(own: Examination, bytes: Buffer): undefined {
  const { format, width, height } = imageSize(bytes);
  const pixels = width * height;
  if (format === 'other' || bytes.length > Math.max(20_000, pixels * maxBytesPerPixel)) return;
  if (!worthLooking(width, height, own.budget, format === 'jpeg' ? jpegCost : 1)) return;
  try {
    const gray = decode(bytes, format, pixels);
    if (gray) examineQr(own, gray);
  } catch {
    return;
  }
}
