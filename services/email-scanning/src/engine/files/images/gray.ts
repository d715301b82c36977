import type { FileBudget } from '../budget.ts';

/** An image's brightness, row by row, 0 black to 255 white. */
export interface GrayImage {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Narrower ones cannot hold a readable code; longer ones are banners. */
const minSide = 60;
const maxSide = 6_000;
const maxRatio = 6;

/** Whether a picture of that size may hold a code that people scan, and whether there is budget for it: takes it. */
export function worthLooking(width: number, height: number, budget: FileBudget): boolean {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (short < minSide || long > maxSide || long / short > maxRatio) return false;
  if (budget.images <= 0 || width * height > budget.pixels) return false;
  budget.images--;
  budget.pixels -= width * height;
  return true;
}

/** Half as wide and high, for large pictures: codes in them are large too. */
export function halved({ data, width, height }: GrayImage): GrayImage {
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const out = new Uint8ClampedArray(halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++)
    for (let x = 0, from = 2 * y * width; x < halfWidth; x++, from += 2, to++)
      out[to] =
        ((data[from] ?? 0) +
          (data[from + 1] ?? 0) +
          (data[from + width] ?? 0) +
          (data[from + width + 1] ?? 0)) >>
        2;
  return { data: out, width: halfWidth, height: halfHeight };
}
