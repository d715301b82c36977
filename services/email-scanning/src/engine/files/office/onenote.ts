import { type Examination, sign } from '../examination.ts';

/** The header of a FileDataStoreObject ([MS-ONESTORE] 2.6.13). */
const embeddedFile = Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex');
const maxFiles = 20;

/** A OneNote section: the files that lie behind its pictures and buttons. */
export function examineOneNote(own: Examination, bytes: Buffer): undefined {
  let at = bytes.indexOf(embeddedFile);
  for (let count = 0; at >= 0 && at + 36 <= bytes.length && count < maxFiles; count++) {
    const size = Math.min(Number(bytes.readBigUInt64LE(at + 16)), bytes.length);
    const content = bytes.subarray(at + 36, at + 36 + size);
    const kind = own.within(content, `file ${count + 1}`);
    if (kind !== 'image') sign(own, 'embedded-file', kind);
    at = bytes.indexOf(embeddedFile, at + 36 + size);
  }
}
