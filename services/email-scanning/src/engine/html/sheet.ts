import { unknownColor } from './colors.ts';
import { parseStyle, type Style } from './style.ts';

/** The rules of a mail's style sheets that concern being seen, by simple selector: `.class`, `#id` or `tag`. */
export type Sheet = Map<string, Style>;

const maxRules = 2_000;
const simple = /^(?:\*|[a-z][a-z0-9]{0,20})?([.#][\w-]{1,100})$|^([a-z][a-z0-9]{0,20})$/i;
const lastCompound = /(?:^|[\s>+~])([a-z][a-z0-9]{0,20})?([.#][\w-]{1,100})?[^\s>+~]{0,200}$/i;

const says = (style: Style) => Object.keys(style).length > 0;

function add(sheet: Sheet, selector: string, style: Style): void {
  if (sheet.size < maxRules || sheet.has(selector)) sheet.set(selector, { ...sheet.get(selector), ...style });
}

function addRule(sheet: Sheet, selectors: string, declarations: string): void {
  const style = parseStyle(declarations);
  if (!says(style)) return;
  for (const part of selectors.split(',', 50)) {
    const selector = part.trim();
    const [, mark, tag] = simple.exec(selector) ?? [];
    if (mark) add(sheet, mark, style);
    else if (tag) add(sheet, tag.toLowerCase(), style);
    else if (style.background !== undefined || style.color !== undefined) {
      // Who is meant is not worked out; only that the colours of such elements are not known.
      const [, name, own] = lastCompound.exec(selector) ?? [];
      const key = own ?? name?.toLowerCase();
      if (key) add(sheet, key, { background: unknownColor });
    }
  }
}

/**
 * Adds the rules of a style sheet. What holds only for some screens (`@media`) is left out, as most programs show the mail
 * without it. Linear.
 */
export function addSheet(sheet: Sheet, css: string): void {
  const text = css.replace(/<!--|-->/g, ' ');
  let at = 0;
  while (at < text.length && sheet.size < maxRules) {
    const comment = text.indexOf('/*', at);
    const open = text.indexOf('{', at);
    if (open < 0) return;
    if (comment >= 0 && comment < open) {
      const end = text.indexOf('*/', comment + 2);
      if (end < 0) return;
      at = end + 2;
      continue;
    }
    const selectors = text.slice(at, open).trim();
    let close = text.indexOf('}', open);
    if (close < 0) close = text.length;
    if (selectors.startsWith('@') && !selectors.startsWith('@font-face')) {
      // A block of blocks: to the brace that closes it.
      let depth = 1;
      let index = open + 1;
      for (; index < text.length && depth > 0; index++) {
        const code = text.charCodeAt(index);
        if (code === 123) depth++;
        else if (code === 125) depth--;
      }
      at = index;
      continue;
    }
    addRule(sheet, selectors.slice(-2_000), text.slice(open + 1, close));
    at = close + 1;
  }
}

const styleTag = /<style\b[^<>]{0,500}>/gi;
const maxSheet = 200_000;

/** All style sheets of a page, wherever they stand in it. Linear. */
export function sheetOf(html: string): Sheet {
  const sheet: Sheet = new Map();
  const tags = new RegExp(styleTag);
  for (let tag = tags.exec(html); tag !== null && sheet.size < maxRules; tag = tags.exec(html)) {
    const start = tags.lastIndex;
    const end = html.indexOf('</', start);
    addSheet(sheet, html.slice(start, end < 0 ? undefined : end).slice(0, maxSheet));
    if (end < 0) break;
    tags.lastIndex = end;
  }
  return sheet;
}
