import { addUrl, type Examination, sign } from '../examination.ts';
import { decodeText } from './decode.ts';

const target = /^(?:URL|Exec|IconFile|BaseURL)\s{0,3}=\s{0,3}([^\r\n]{1,1000})/im;

/** What a Windows shortcut starts, with what arguments ([MS-SHLLINK]: the strings after header, id list and link info). */
function linkTarget(bytes: Buffer): string {
  if (bytes.length < 80) return '';
  const flags = bytes.readUInt32LE(20);
  const isUnicode = (flags & 0x80) !== 0;
  let at = 76;
  if (flags & 0x01) at += 2 + bytes.readUInt16LE(at);
  if (flags & 0x02 && at + 4 <= bytes.length) at += bytes.readUInt32LE(at);
  const strings: string[] = [];
  for (const flag of [0x04, 0x08, 0x10, 0x20, 0x40]) {
    if ((flags & flag) === 0 || at + 2 > bytes.length) continue;
    const length = bytes.readUInt16LE(at) * (isUnicode ? 2 : 1);
    strings.push(bytes.toString(isUnicode ? 'utf16le' : 'latin1', at + 2, at + 2 + length));
    at += 2 + length;
  }
  return strings.join(' ').replace(/\s+/g, ' ').trim();
}

/** A shortcut: a file whose only purpose is to start or open something else. */
export function examineShortcut(own: Examination, bytes: Buffer): undefined {
  const leads =
    bytes[0] === 0x4c ? linkTarget(bytes) : (target.exec(decodeText(bytes.subarray(0, 20_000)))?.[1] ?? '');
  if (/^https?:/i.test(leads)) addUrl(own, leads);
  sign(own, 'shortcut', leads);
}
