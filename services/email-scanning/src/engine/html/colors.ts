/** 0xRRGGBB; `transparent` lets through what lies behind it; `unknown` may be any. */
export type Color = number;
export const transparent: Color = -1;
export const unknownColor: Color = -2;

/** Those of the named colours that mail uses (CSS Color Module 4, 6.1). */
const names = new Map<string, Color>(
  Object.entries({
    white: 0xffffff,
    black: 0x000000,
    red: 0xff0000,
    green: 0x008000,
    lime: 0x00ff00,
    blue: 0x0000ff,
    navy: 0x000080,
    yellow: 0xffff00,
    gray: 0x808080,
    grey: 0x808080,
    silver: 0xc0c0c0,
    lightgray: 0xd3d3d3,
    lightgrey: 0xd3d3d3,
    whitesmoke: 0xf5f5f5,
    snow: 0xfffafa,
    ivory: 0xfffff0,
    ghostwhite: 0xf8f8ff,
    floralwhite: 0xfffaf0,
    azure: 0xf0ffff,
    mintcream: 0xf5fffa,
    gainsboro: 0xdcdcdc,
    orange: 0xffa500,
    purple: 0x800080,
    maroon: 0x800000,
    teal: 0x008080,
    aqua: 0x00ffff,
    cyan: 0x00ffff,
    fuchsia: 0xff00ff,
    magenta: 0xff00ff,
    olive: 0x808000,
    transparent,
  }),
);

const hex = /^#?([0-9a-f]{3,8})$/;
const functional = /^(rgba?|hsla?)\(([^)]{1,60})\)?$/;

function fromHex(digits: string): Color {
  if (digits.length === 3 || digits.length === 4) {
    if (digits[3] === '0') return transparent;
    const [r = '', g = '', b = ''] = digits;
    return Number.parseInt(r + r + g + g + b + b, 16);
  }
  if (digits.length === 8 && digits.endsWith('00')) return transparent;
  return digits.length >= 6 ? Number.parseInt(digits.slice(0, 6), 16) : unknownColor;
}

/** A colour of CSS or of an HTML attribute, lower case; undefined when it is none. */
export function parseColor(value: string): Color | undefined {
  const named = names.get(value);
  if (named !== undefined) return named;
  const digits = hex.exec(value)?.[1];
  if (digits) return fromHex(digits);
  const [, kind, inside = ''] = functional.exec(value) ?? [];
  if (!kind) return /^[a-z]{3,20}$/.test(value) ? unknownColor : undefined;
  const numbers = inside
    .split(/[\s,/]+/)
    .map((part) => (part.endsWith('%') ? Number.parseFloat(part) * 2.55 : Number.parseFloat(part)));
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers;
  if (alpha < 0.1) return transparent;
  if (kind.startsWith('hsl') || alpha < 0.5 || !numbers.every(Number.isFinite)) return unknownColor;
  return (Math.min(r, 255) << 16) | (Math.min(g, 255) << 8) | Math.min(b, 255);
}

/** So close to each other that nobody reads one on the other. */
const indistinct = 10;

export function sameColor(a: Color, b: Color): boolean {
  if (a < 0 || b < 0) return false;
  return (
    Math.abs((a >> 16) - (b >> 16)) <= indistinct &&
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) <= indistinct &&
    Math.abs((a & 255) - (b & 255)) <= indistinct
  );
}
