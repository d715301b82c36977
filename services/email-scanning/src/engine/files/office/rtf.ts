import { addText, addUrl, type Examination, sign } from '../examination.ts';
import { openCompound } from './compound.ts';
import { examinePackage } from './package.ts';

const maxBytes = 4 * 1024 * 1024;
const maxObjects = 20;
/** {0002CE02-0000-0000-C000-000000000046} */
const equationClass = Buffer.from('02ce020000000000c000000000000046', 'hex');

/** The bytes of an object: hex digits between blanks, braces and control words that are put in to confuse. */
function objectBytes(text: string): Buffer {
  const hex = text
    .slice(0, 2 * maxBytes)
    .replace(/\\bin\d{0,9}|\\[a-z]{1,40}-?\d{0,10}|\\'[0-9a-f]{2}|\\[^a-z]/gi, '')
    .replace(/[^0-9a-f]+/gi, '');
  return Buffer.from(hex.slice(0, hex.length & ~1), 'hex');
}

/** What an OLE1 object carries: a package, or a compound file ([MS-OLEDS] 2.2.5). */
function examineObject(own: Examination, bytes: Buffer): void {
  const head = bytes.toString('latin1', 0, 300);
  if (/Equation\.\d/i.test(head) || bytes.subarray(0, 4_096).includes(equationClass))
    sign(own, 'equation-editor');
  const compoundAt = bytes.subarray(0, 4_096).indexOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  if (compoundAt >= 0) {
    const file = openCompound(bytes.subarray(compoundAt));
    if (file?.entries.some(({ name }) => /^Equation Native$/i.test(name))) sign(own, 'equation-editor');
    own.within(bytes.subarray(compoundAt), 'object');
  } else if (/\bPackage\0/.test(head)) {
    const at = bytes.indexOf('Package\0');
    // Topic and item (each with its length), then the size, then what `\1Ole10Native` holds after its own size.
    examinePackage(own, Buffer.concat([Buffer.alloc(4), bytes.subarray(at + 8 + 8 + 4)]));
  }
}

/** The text of an RTF: control words, groups of fonts and pictures away. */
function rtfText(text: string): string {
  return text
    .replace(/\{\\\*[^{}]{0,5000}\}|\{\\(?:fonttbl|colortbl|stylesheet|info|pict)[^{}]{0,5000}/g, '')
    .replace(/\\(?:par|line|row|sect)\b ?/g, '\n')
    .replace(/\\(?:tab|cell)\b ?/g, ' ')
    .replace(/\\'([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\u(\d{1,5}) ?\??/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\\[a-z]{1,40}-?\d{0,10} ?|[{}]|\\\*/gi, '')
    .replace(/[0-9a-f]+/gi, (run) => (run.length < 200 ? run : ''))
    .trim();
}

/** Rich text: objects, templates from elsewhere, fields. */
export function examineRtf(own: Examination, bytes: Buffer): undefined {
  const text = bytes.toString('latin1', 0, maxBytes);
  if (bytes.length > maxBytes) sign(own, 'not-examined', 'size');
  if (/\\objupdate\b/.test(text)) sign(own, 'embedded-object', '\\objupdate');
  if (/\\objautlink\b/.test(text)) sign(own, 'embedded-object', '\\objautlink');
  const template = /\\\*\\template\s{0,5}([^{}\\]{0,500})/.exec(text)?.[1] ?? '';
  if (/^(?:https?:|\/\/|\\\\)/i.test(template.trim())) sign(own, 'remote-template', template.trim());
  let count = 0;
  for (const { index } of text.matchAll(/\\objdata\b/g)) {
    if (count++ >= maxObjects) break;
    const end = text.indexOf('\\objdata', index + 8);
    examineObject(own, objectBytes(text.slice(index + 8, end < 0 ? undefined : end)));
  }
  for (const [, target = ''] of text.matchAll(/HYPERLINK\s{1,5}"?([^"{}\s\\]{4,2000})/g)) addUrl(own, target);
  const dde = /\bDDE(?:AUTO)?\s[^{}]{1,200}/.exec(text)?.[0];
  if (dde !== undefined && /\\fldinst/.test(text)) sign(own, 'dde', dde);
  addText(own, rtfText(text.slice(0, 500_000)));
}
