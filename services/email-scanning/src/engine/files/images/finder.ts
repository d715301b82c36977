import type { GrayImage } from './gray.ts';

/** Rows between two that are looked at; a code's corner squares are at least 7 modules of 2 pixels high. */
const rowStep = 3;
const minHits = 4;

/** Dark, light, dark, light, dark in the ratio 1:1:3:1:1, each within half a module. */
function isFinder(runs: Int32Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = runs;
  const module = (a + b + c + d + e) / 7;
  if (module < 1.4) return false;
  const slack = module * 0.6 + 0.5;
  return (
    Math.abs(a - module) <= slack &&
    Math.abs(b - module) <= slack &&
    Math.abs(c - 3 * module) <= 2 * slack &&
    Math.abs(d - module) <= slack &&
    Math.abs(e - module) <= slack
  );
}

/**
 * Whether rows cross the corner squares of a QR code (ISO/IEC 18004, 6.3.3) often enough to try reading one: a look that
 * costs a small part of a reading, and sends nearly all pictures away. `dark`: whether the code is dark on light.
 */
export function mayHoldCode({ data, width, height }: GrayImage, dark: boolean): boolean {
  let low = 255;
  let high = 0;
  for (let at = 0; at < data.length; at += 7) {
    const value = data[at] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high - low < 60) return false;
  const threshold = (low + high) >> 1;
  const runs = new Int32Array(5);
  let hits = 0;
  for (let y = 0; y < height; y += rowStep) {
    runs.fill(0);
    let wasDark = false;
    let length = 0;
    let atRow = 0;
    for (let x = 0, at = y * width; x <= width; x++, at++) {
      const isDark = x < width && (data[at] ?? 0) < threshold === dark;
      if (isDark === wasDark) {
        length++;
        continue;
      }
      runs.copyWithin(0, 1);
      runs[4] = length;
      length = 1;
      if (wasDark && isFinder(runs)) atRow++;
      wasDark = isDark;
    }
    // Rows through the upper squares cross two, those through the lower one cross one.
    if (atRow > 0 && atRow < 8) hits++;
  }
  return hits >= minHits;
}
