import type { GrayImage } from './gray.ts';

/** A corner square of a code: its centre, and the width of a module in pixels. */
export interface Corner {
  x: number;
  y: number;
  module: number;
}

/** Rows between two that are looked at; a square's core is at least 3 modules of 1.4 pixels high. */
const rowStep = 3;
const maxCorners = 40;
const minContrast = 60;

/** Dark, light, dark, light, dark in the ratio 1:1:3:1:1, each within about half a module (ISO/IEC 18004, 6.3.3). */
function isFinder(a: number, b: number, c: number, d: number, e: number): boolean {
  const module = (a + b + c + d + e) / 7;
  if (module < 1.4) return false;
  const slack = module * 0.5 + 0.5;
  return (
    Math.abs(a - module) <= slack &&
    Math.abs(b - module) <= slack &&
    Math.abs(c - 3 * module) <= 2 * slack &&
    Math.abs(d - module) <= slack &&
    Math.abs(e - module) <= slack
  );
}

/** Halfway between the darkest and the lightest; null when nothing stands out. */
function thresholdOf(data: Uint8ClampedArray): number | null {
  let low = 255;
  let high = 0;
  for (let at = 0; at < data.length; at += 7) {
    const value = data[at] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low < minContrast ? null : (low + high) >> 1;
}

/** Whether the column through that point has the same pattern in the same size; the centre's row, or null. */
function centreOf(
  { data, width, height }: GrayImage,
  x: number,
  y: number,
  module: number,
  isDark: (value: number) => boolean,
): number | null {
  const most = Math.ceil(module * 5);
  const run = (from: number, step: number, dark: boolean) => {
    let length = 0;
    for (let row = from; row >= 0 && row < height && length <= most; row += step, length++)
      if (isDark(data[row * width + x] as number) !== dark) break;
    return length;
  };
  const up = run(y, -1, true);
  const down = run(y + 1, 1, true);
  const lightUp = run(y - up, -1, false);
  const lightDown = run(y + 1 + down, 1, false);
  const darkUp = run(y - up - lightUp, -1, true);
  const darkDown = run(y + 1 + down + lightDown, 1, true);
  const own = (darkUp + lightUp + up + down + lightDown + darkDown) / 7;
  if (own < module * 0.6 || own > module * 1.7) return null;
  return isFinder(darkUp, lightUp, up + down, lightDown, darkDown) ? y + (down - up) / 2 : null;
}

/** The corner squares in a picture. `dark`: whether codes are dark on light. */
export function findCorners(image: GrayImage, dark: boolean): Corner[] {
  const { data, width, height } = image;
  const threshold = thresholdOf(data);
  if (threshold === null) return [];
  const isDark = (value: number) => value < threshold === dark;
  const corners: Corner[] = [];
  for (let y = 0; y < height && corners.length < maxCorners; y += rowStep) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let wasDark = false;
    let length = 0;
    for (let x = 0, at = y * width; x <= width; x++, at++) {
      const nowDark = x < width && (data[at] as number) < threshold === dark;
      if (nowDark === wasDark) {
        length++;
        continue;
      }
      if (wasDark && isFinder(a, b, c, d, length)) {
        const module = (a + b + c + d + length) / 7;
        const middle = Math.round(x - length - d - c / 2);
        const centre = centreOf(image, middle, y, module, isDark);
        const known =
          centre !== null &&
          corners.some((other) => Math.abs(other.x - middle) + Math.abs(other.y - centre) < 3 * module);
        if (centre !== null && !known) corners.push({ x: middle, y: centre, module });
      }
      [a, b, c, d] = [b, c, d, length];
      length = 1;
      wasDark = nowDark;
    }
  }
  return corners;
}

const distance = (a: Corner, b: Corner) => Math.hypot(a.x - b.x, a.y - b.y);

/** Whether the three are corners of one square: of one size, two sides alike and the third their diagonal. */
function formSquare(a: Corner, b: Corner, c: Corner): boolean {
  const modules = [a.module, b.module, c.module];
  if (Math.max(...modules) > 1.6 * Math.min(...modules)) return false;
  const [one = 0, two = 0, long = 0] = [distance(a, b), distance(b, c), distance(a, c)].sort((x, y) => x - y);
  const inModules = one / a.module;
  return inModules > 9 && inModules < 190 && two < one * 1.25 && Math.abs(long / Math.SQRT2 / two - 1) < 0.2;
}

/** Three corners of a code, if there are any: nearly all pictures have none, and cost no more than this look. */
export function findCode(image: GrayImage, dark: boolean): [Corner, Corner, Corner] | null {
  const corners = findCorners(image, dark);
  for (const [index, a] of corners.entries())
    for (const [more, b] of corners.slice(index + 1).entries())
      for (const c of corners.slice(index + more + 2)) if (formSquare(a, b, c)) return [a, b, c];
  return null;
}
