import type { GrayImage } from '../images/gray.ts';

/** A rectangle that a page draws: left, bottom, width, height in the units of the moment. */
export type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** A code has at least 21 modules a side, and at most 177 (ISO/IEC 18004); half of them are dark. */
const minModules = 21;
const maxModules = 177;
const minRectangles = 60;
const pixelsPerModule = 4;
const border = 4;

/**
 * A picture of the small rectangles of a page, when they may be the modules of a QR code: programs that write codes into
 * PDFs draw them so, one rectangle a module or a run of modules. Null when they are something else.
 */
export function drawnCode(rectangles: readonly Rectangle[]): GrayImage | null {
  if (rectangles.length < minRectangles) return null;
  const sides = rectangles.map(([, , width, height]) => Math.min(Math.abs(width), Math.abs(height)));
  const module = [...sides].sort((a, b) => a - b)[sides.length >> 1] ?? 0;
  if (!(module > 0)) return null;
  const isLine = ([, , width, height]: Rectangle) =>
    Math.min(Math.abs(width), Math.abs(height)) < module * 1.5 &&
    Math.max(Math.abs(width), Math.abs(height)) < module * maxModules;
  const modules = rectangles.filter(isLine);
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y, width, height] of modules) {
    left = Math.min(left, x, x + width);
    right = Math.max(right, x, x + width);
    bottom = Math.min(bottom, y, y + height);
    top = Math.max(top, y, y + height);
  }
  const columns = Math.round((right - left) / module);
  const rows = Math.round((top - bottom) / module);
  if (columns < minModules || columns > maxModules || Math.abs(columns - rows) > 1) return null;
  const side = (columns + 2 * border) * pixelsPerModule;
  const data = new Uint8ClampedArray(side * side).fill(255);
  const pixel = (value: number, from: number) =>
    Math.min(side, Math.max(0, Math.round(((value - from) / module + border) * pixelsPerModule)));
  for (const [x, y, width, height] of modules) {
    const start = pixel(Math.min(x, x + width), left);
    const end = pixel(Math.max(x, x + width), left);
    const last = pixel(Math.max(y, y + height), bottom);
    for (let row = pixel(Math.min(y, y + height), bottom); row < last; row++)
      // Upwards is up on paper.
      data.fill(0, (side - 1 - row) * side + start, (side - 1 - row) * side + end);
  }
  return { data, width: side, height: side };
}
