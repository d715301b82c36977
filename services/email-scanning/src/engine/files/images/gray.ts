import { computed, type FileBudget, fileLimits } from '../budget.ts';

/** An image's brightness, row by row, 0 black to 255 white. */
export interface GrayImage {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Narrower ones cannot hold a readable code; longer ones are banners. */
const minSide = 60;
const maxRatio = 6;

/**
 * Whether a picture of that size may hold a code that people scan, and whether there is budget for it: takes it.
 * `cost`: of a pixel, against one of a picture that is quick to unpack.
 */
export function worthLooking(width: number, height: number, budget: FileBudget, cost = 1): boolean {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (short < minSide || long / short > maxRatio) return false;
  const pixels = width * height * cost;
  // Codes are the dearest to look for and the least of what files hold: the last half of the time is not theirs.
  const isLate = computed() > budget.deadline - fileLimits.milliseconds / 2;
  if (isLate || budget.images <= 0 || pixels > budget.pixels) return false;
  budget.images--;
  budget.pixels -= pixels;
  return true;
}
