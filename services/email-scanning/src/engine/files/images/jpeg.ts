import { decode } from 'jpeg-js';
import type { GrayImage } from './gray.ts';

/** Larger files of so few pixels are photos, and cost much time. */
const maxBytesPerPixel = 0.6;
const maxMegapixels = 0.36;

/** What a pixel costs against one of a PNG. */
export const jpegCost = 3;

/** A JPEG as brightness; null when it is broken, or a photo rather than a drawing. */
export function decodeJpeg(bytes: Buffer, pixels: number): GrayImage | null {
  if (bytes.length > pixels * maxBytesPerPixel || pixels > maxMegapixels * 1e6) return null;
  const { data, width, height } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: true,
    maxResolutionInMP: maxMegapixels,
    maxMemoryUsageInMB: 64,
  });
  const gray = new Uint8ClampedArray(width * height);
  for (let from = 0, to = 0; to < gray.length; from += 3, to++)
    gray[to] = ((data[from] ?? 0) + 2 * (data[from + 1] ?? 0) + (data[from + 2] ?? 0)) >> 2;
  return { data: gray, width, height };
}
