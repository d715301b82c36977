import { type Examination, sign } from '../examination.ts';
import type { PdfDocument } from './document.ts';
import { numbers, type PdfPage } from './pages.ts';
import { nameOf, textOf } from './values.ts';

/** More pages, or more text than this, and it is a document. */
const maxPages = 2;
const maxText = 700;
const maxLinks = 4;
/** The part of a page that one link covers, from which on it is a picture to click at. */
const largeLink = 0.12;
/** Smaller ones are not meant to be clicked, as the mark of the program that wrote the file. */
const tinyLink = 0.0005;

/** The links of a page, with the part of the page that each covers. */
function linksOf(document: PdfDocument, { dict, box }: PdfPage): { uri: string; part: number }[] {
  const annotations = document.resolve(dict.get('Annots'));
  if (!Array.isArray(annotations)) return [];
  const area = Math.abs(((box[2] ?? 0) - (box[0] ?? 0)) * ((box[3] ?? 0) - (box[1] ?? 0))) || 1;
  return annotations.slice(0, 100).flatMap((reference) => {
    const annotation = document.dictOf(reference);
    const action = document.dictOf(annotation.get('A'));
    if (nameOf(document.resolve(annotation.get('Subtype'))) !== 'Link') return [];
    const uri = textOf(document.resolve(action.get('URI')));
    const [left = 0, bottom = 0, right = 0, top = 0] = numbers(document, annotation.get('Rect')) ?? [];
    const part = Math.abs((right - left) * (top - bottom)) / area;
    return /^https?:/i.test(uri) && part > tinyLink ? [{ uri, part }] : [];
  });
}

/** A page that is there for its link: little text, or a link as large as a picture. */
export function examineLure(
  own: Examination,
  document: PdfDocument,
  { pages, count, text }: { pages: PdfPage[]; count: number; text: string },
): void {
  if (count > maxPages) return;
  const links = pages.flatMap((page) => linksOf(document, page));
  const [largest] = [...links].sort((a, b) => b.part - a.part);
  if (!largest) return;
  const targets = new Set(links.map(({ uri }) => uri));
  const letters = text.replace(/[^\p{L}]+/gu, '').length;
  if (targets.size <= maxLinks && (letters < maxText || largest.part > largeLink))
    sign(own, 'pdf-lure', largest.uri);
}
