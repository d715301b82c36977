import { type Color, parseColor, transparent, unknownColor } from './colors.ts';

/** What a list of declarations says about being seen; absent where it says nothing. */
export interface Style {
  /** `display: none`, and whether another `display` takes it back. */
  display?: boolean;
  visible?: boolean;
  /** Transparent, cut to nothing, or off the screen. */
  gone?: boolean;
  /** A letter size that nobody reads. */
  tiny?: boolean;
  color?: Color;
  background?: Color;
}

const length = /^(-?\d{0,6}\.?\d{1,6})(px|pt|em|rem|ex|ch|in|cm|mm|pc|vw|vh|%)?$/;

/** A length in CSS pixels, roughly; NaN for what is none. */
function pixels(value: string): number {
  const [, number, unit = 'px'] = length.exec(value) ?? [];
  if (number === undefined) return Number.NaN;
  const factor =
    { px: 1, pt: 1.33, em: 16, rem: 16, ex: 8, ch: 8, '%': 0.16, pc: 16, in: 96, cm: 38, mm: 3.8 }[unit] ??
    10;
  return Number(number) * factor;
}

const offScreen = -400;
const away = new Set(['left', 'top', 'right', 'bottom', 'margin-left', 'margin-top', 'text-indent']);

function backgroundOf(value: string): Color | undefined {
  if (value.includes('url(') || value.includes('gradient(')) return unknownColor;
  if (value.startsWith('rgb') || value.startsWith('hsl')) return parseColor(value.replace(/\).*$/, ')'));
  for (const token of value.split(' ')) {
    const color = parseColor(token);
    if (color !== undefined && color !== unknownColor) return color;
  }
  return value === 'none' || value === 'inherit' ? undefined : unknownColor;
}

const important = /\s*!\s*important$/;

/** Reads declarations (`a: b; c: d`). Linear in their length. */
export function parseStyle(text: string): Style {
  const style: Style = {};
  let flat = false;
  let clipped = false;
  let placed = false;
  let outside = false;
  const plain = text.includes('/*') ? text.replace(/\/\*[^*]{0,1000}\*\//g, '') : text;
  for (const declaration of plain.toLowerCase().split(';', 100)) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim();
    const value = declaration
      .slice(colon + 1)
      .trim()
      .replace(important, '');
    if (name === 'display') style.display = value !== 'none';
    else if (name === 'visibility') style.visible = value !== 'hidden' && value !== 'collapse';
    else if (name === 'opacity') {
      if (Number.parseFloat(value) <= 0.05) style.gone = true;
    } else if (name === 'font-size') {
      const size = pixels(value);
      if (!Number.isNaN(size) || /^[a-z-]+$/.test(value)) style.tiny = size <= 1.4;
    } else if (name === 'color') {
      const color = parseColor(value);
      if (color !== undefined) style.color = color;
    } else if (name === 'background' || name === 'background-color' || name === 'background-image') {
      const color = backgroundOf(value);
      if (color !== undefined) style.background = style.background === unknownColor ? unknownColor : color;
    } else if (name === 'max-height' || name === 'height' || name === 'width' || name === 'max-width') {
      if (pixels(value) <= 1) flat = true;
    } else if (name === 'overflow' || name === 'overflow-y' || name === 'overflow-x')
      clipped = value === 'hidden' || value === 'clip';
    else if (name === 'position') placed = value !== 'static' && value !== 'relative';
    else if (name === 'clip')
      style.gone ||= placed && /^rect\(\s*[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?/.test(value);
    else if (name === 'transform') style.gone ||= /^scale\(\s*0(\.0+)?\s*[,)]/.test(value);
    else if (away.has(name)) outside ||= pixels(value) <= offScreen;
  }
  if ((flat && clipped) || outside) style.gone = true;
  if (style.color === transparent) style.gone = true;
  return style;
}
