import { type CodeMap, readCodeMap } from './cmap.ts';
import type { PdfDocument } from './document.ts';
import { glyphText } from './glyphs.ts';
import { nameOf, numberOf, type PdfDict, type PdfValue } from './values.ts';

export interface PdfFont {
  /** A string's characters, and its width in thousandths of the font's size. */
  show(bytes: string): { text: string; width: number };
}

const maxMap = 500_000;
const usualWidth = 500;

/** Windows-1252 between 0x80 and 0x9f. */
const windows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const latin = (code: number): string =>
  code >= 0x80 && code <= 0x9f ? (windows[code - 0x80] ?? '') : code < 32 ? '' : String.fromCharCode(code);

/** Glyphs that a font puts at other codes than Windows-1252 does (ISO 32000-1, 9.6.6). */
function differences(document: PdfDocument, font: PdfDict): Map<number, string> {
  const found = new Map<number, string>();
  const list = document.resolve(document.dictOf(font.get('Encoding')).get('Differences'));
  let code = 0;
  for (const value of Array.isArray(list) ? list.slice(0, 2_000) : []) {
    if (typeof value === 'number') code = value;
    else found.set(code++, glyphText(nameOf(value)));
  }
  return found;
}

/** Widths of a simple font by code. */
function simpleWidths(document: PdfDocument, font: PdfDict): (code: number) => number {
  const widths = document.resolve(font.get('Widths'));
  const first = numberOf(document.resolve(font.get('FirstChar')));
  if (!Array.isArray(widths)) return () => usualWidth;
  return (code) => numberOf(document.resolve(widths[code - first]), usualWidth);
}

/** Widths of a composite font: `first [w w …]` and `first last w` (ISO 32000-1, 9.7.4.3). */
function compositeWidths(document: PdfDocument, font: PdfDict): (code: number) => number {
  const descendants = document.resolve(font.get('DescendantFonts'));
  const descendant = document.dictOf(Array.isArray(descendants) ? descendants[0] : undefined);
  const usual = numberOf(document.resolve(descendant.get('DW')), 1_000);
  const list = document.resolve(descendant.get('W'));
  const widths = new Map<number, number>();
  const values = Array.isArray(list) ? list.slice(0, 20_000) : [];
  for (let at = 0; at + 1 < values.length; ) {
    const first = numberOf(values[at]);
    const second = document.resolve(values[at + 1]);
    if (Array.isArray(second)) {
      second.slice(0, 5_000).forEach((width: PdfValue, index) => {
        widths.set(first + index, numberOf(width, usual));
      });
      at += 2;
    } else {
      const last = Math.min(numberOf(second), first + 5_000);
      for (let code = first; code <= last && widths.size < 20_000; code++)
        widths.set(code, numberOf(values[at + 2], usual));
      at += 3;
    }
  }
  return (code) => widths.get(code) ?? usual;
}

function toUnicode(document: PdfDocument, font: PdfDict): CodeMap | null {
  const stream = document.streamOf(font.get('ToUnicode'));
  const bytes = stream && document.decode(stream)?.bytes;
  return bytes ? readCodeMap(bytes.toString('latin1', 0, maxMap)) : null;
}

/** How a font's strings read. A composite font without a map to Unicode says nothing. */
export function readFont(document: PdfDocument, font: PdfDict): PdfFont {
  const map = toUnicode(document, font);
  const isComposite = nameOf(font.get('Subtype')) === 'Type0';
  const other = differences(document, font);
  const widthOf = isComposite ? compositeWidths(document, font) : simpleWidths(document, font);
  const step = isComposite ? 2 : 1;
  return {
    show(bytes) {
      let text = '';
      let width = 0;
      for (let at = 0; at + step <= bytes.length; at += step) {
        const high = bytes.charCodeAt(at);
        const code = step === 1 ? high : high * 256 + bytes.charCodeAt(at + 1);
        text += map?.characters.get(code) ?? (isComposite ? '' : (other.get(code) ?? latin(code)));
        width += widthOf(code);
      }
      return { text, width };
    },
  };
}
