import type { PdfDocument } from './document.ts';
import { nameOf, type PdfDict, type PdfValue } from './values.ts';

export interface PdfPage {
  dict: PdfDict;
  resources: PdfDict;
  /** Left, bottom, right, top. */
  box: number[];
}

const maxTreeNodes = 5_000;
const usualBox = [0, 0, 595, 842];

/** The pages in their order, at most `max`; each node of the tree is visited once. `count`: as found. */
export function readPages(document: PdfDocument, max: number): { pages: PdfPage[]; count: number } {
  const root = document.dictOf(document.trailer.get('Root'));
  const catalogue = root.size > 0 ? root : (findType(document, 'Catalog')[0] ?? root);
  const pages: PdfPage[] = [];
  let count = 0;
  const seen = new Set<PdfDict>();
  const visit = (dict: PdfDict, inherited: PdfDict, box: number[]) => {
    if (seen.has(dict) || seen.size >= maxTreeNodes) return;
    seen.add(dict);
    const own = document.dictOf(dict.get('Resources'));
    const resources = own.size > 0 ? own : inherited;
    const ownBox = numbers(document, dict.get('MediaBox')) ?? box;
    const kids = document.resolve(dict.get('Kids'));
    if (Array.isArray(kids)) {
      if (seen.size < 200)
        for (const kid of kids.slice(0, 5_000)) visit(document.dictOf(kid), resources, ownBox);
      else count += kids.length;
      return;
    }
    count++;
    if (pages.length < max) pages.push({ dict, resources, box: ownBox });
  };
  const tree = document.dictOf(catalogue.get('Pages'));
  if (tree.size > 0) visit(tree, new Map(), usualBox);
  if (pages.length === 0)
    for (const dict of findType(document, 'Page').slice(0, max)) visit(dict, new Map(), usualBox);
  return { pages, count };
}

const findType = (document: PdfDocument, type: string): PdfDict[] =>
  document.numbers.flatMap((number) => {
    const value = document.get(number);
    return value instanceof Map && nameOf(value.get('Type')) === type ? [value] : [];
  });

/** Four numbers of a rectangle, or null. */
export function numbers(document: PdfDocument, value: PdfValue | undefined): number[] | null {
  const list = document.resolve(value);
  if (!Array.isArray(list) || list.length < 4) return null;
  const found = list.slice(0, 4).map((entry) => document.resolve(entry));
  return found.every((entry) => typeof entry === 'number') ? (found as number[]) : null;
}

/** A page's content; its parts are read as one. */
export function contentOf(document: PdfDocument, { dict }: PdfPage): Buffer {
  const contents = dict.get('Contents');
  const resolved = document.resolve(contents);
  const parts = Array.isArray(resolved) ? resolved.slice(0, 100) : [contents];
  return Buffer.concat(
    parts.flatMap((part) => {
      const stream = document.streamOf(part);
      const bytes = stream && document.decode(stream)?.bytes;
      return bytes ? [bytes, Buffer.from('\n')] : [];
    }),
  );
}
