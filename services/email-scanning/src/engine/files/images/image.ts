import { hash } from 'node:crypto';
import type { Examination } from '../examination.ts';
import { decodeGif } from './gif.ts';
import { type GrayImage, worthLooking } from './gray.ts';
import { decodeJpeg, jpegCost } from './jpeg.ts';
import { decodePng } from './png.ts';
import { readCode, tellCode } from './qr.ts';
import { imageSize } from './size.ts';

/** Drawings pack to much less than a byte a pixel; photos do not, and hold no code that matters. */
const maxBytesPerPixel = 1;

function decode(bytes: Buffer, format: string, pixels: number): GrayImage | null {
  if (format === 'png') return decodePng(bytes);
  return format === 'gif' ? decodeGif(bytes, pixels) : decodeJpeg(bytes, pixels);
}

/** What the last pictures said, by hash: the same logos and screenshots come with every mail of a thread. */
const lastPictures = new Map<string, string>();
const maxLastPictures = 1_000;

function remember(sha256: string, text: string): void {
  if (lastPictures.size >= maxLastPictures)
    for (const oldest of lastPictures.keys()) {
      lastPictures.delete(oldest);
      break;
    }
  lastPictures.set(sha256, text);
}

/** A picture: looked at for QR codes when it may hold one. A broken picture is no sign of anything. */
export function examineImage(own: Examination, bytes: Buffer): undefined {
  if (!own.budget.codes) return;
  const { format, width, height } = imageSize(bytes);
  const pixels = width * height;
  if (format === 'other' || bytes.length > Math.max(20_000, pixels * maxBytesPerPixel)) return;
  const sha256 = hash('sha256', bytes);
  const known = lastPictures.get(sha256);
  if (known !== undefined) return void tellCode(own, known);
  if (!worthLooking(width, height, own.budget, format === 'jpeg' ? jpegCost : 1)) return;
  try {
    const gray = decode(bytes, format, pixels);
    const text = gray ? readCode(gray) : '';
    remember(sha256, text);
    tellCode(own, text);
  } catch {
    remember(sha256, '');
  }
}
