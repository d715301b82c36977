import { outOfTime } from '../budget.ts';
import { addText, addUrlsIn, type Examination, sign } from '../examination.ts';
import { readCode, tellCode } from '../images/qr.ts';
import { examineActions } from './actions.ts';
import { openPdf } from './document.ts';
import { drawnCode } from './drawn-code.ts';
import { examinePdfImages } from './images.ts';
import { examineLure } from './lure.ts';
import { contentOf, readPages } from './pages.ts';
import { ContentReader } from './text.ts';

const maxPages = 20;
const maxText = 30_000;

/** A PDF: what it does, where it leads, what a person reads in it, and QR codes in its pictures. Nothing is run. */
export function examinePdf(own: Examination, bytes: Buffer): undefined {
  const document = openPdf(bytes, own.budget);
  if (document.locked) return void sign(own, 'encrypted-document', 'PDF');
  if (document.numbers.length === 0) return void sign(own, 'damaged');
  examineActions(own, document);
  if (document.cut) sign(own, 'not-examined', 'objects');
  const { pages, count } = readPages(document, maxPages);
  const content = new ContentReader(document, own.budget, maxText);
  for (const page of pages) {
    if (outOfTime(own.budget)) {
      sign(own, 'not-examined', 'time');
      break;
    }
    content.read(contentOf(document, page), page.resources);
  }
  const text = content.text
    .replace(/[ \t]+/g, ' ')
    .replace(/\n\s*\n/g, '\n')
    .trim();
  addText(own, text);
  addUrlsIn(own, text);
  examineLure(own, document, { pages, count, text });
  examinePdfImages(own, document, content.images);
  const drawn = own.budget.codes ? drawnCode(content.rectangles) : null;
  if (drawn) tellCode(own, readCode(drawn));
}
