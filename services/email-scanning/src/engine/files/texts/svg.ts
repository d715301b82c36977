import { addText, addUrl, type Examination, sign } from '../examination.ts';
import { inflate } from '../inflate.ts';
import { xmlText } from '../office/ooxml.ts';
import { decodeText } from './decode.ts';
import { codeOf } from './page.ts';
import { examinePageCode } from './page-code.ts';

const reference = /\b(?:xlink:)?href\s{0,3}=\s{0,3}["']\s{0,5}((?:https?:|javascript:|data:)[^"']{1,2000})/gi;

/** A drawing is a page too: it can hold scripts, forms and links. */
export function examineSvg(own: Examination, bytes: Buffer): undefined {
  const packed = bytes[0] === 0x1f ? inflate(bytes, 'gzip', own.budget).bytes : bytes;
  const svg = decodeText(packed ?? bytes);
  if (/<script[\s>]/i.test(svg)) sign(own, 'svg-active', 'script');
  else if (/\son(?:load|click|mouseover|begin|error|focus)\s{0,5}=/i.test(svg))
    sign(own, 'svg-active', 'event handler');
  else if (
    /<foreignObject[\s>]/i.test(svg) &&
    /<(?:\w{1,20}:)?(?:iframe|form|input|body|embed|object|a)[\s>]/i.test(svg)
  )
    sign(own, 'svg-active', 'foreignObject');
  examinePageCode(own, codeOf(svg));
  for (const [, target = ''] of svg.matchAll(reference)) {
    if (/^https?:/i.test(target)) addUrl(own, target);
    else if (/^(?:javascript:|data:text\/html|data:application)/i.test(target))
      sign(own, 'svg-active', target.slice(0, 60));
  }
  addText(own, xmlText(svg.slice(0, 300_000)).slice(0, 5_000));
}
