import { fileLimits, outOfTime } from '../budget.ts';
import { type Examination, sign } from '../examination.ts';
import { zeroTerminated } from '../zero-terminated.ts';

const blockBytes = 512;

const text = (bytes: Buffer, from: number, length: number) => zeroTerminated(bytes, from, length, 'utf8');

/** The files of a tar (POSIX ustar, GNU long names). Nothing is packed, so nothing can explode. */
export function examineTar(own: Examination, bytes: Buffer): undefined {
  if (own.depth >= fileLimits.depth) return void sign(own, 'archive-too-deep');
  let longName = '';
  for (let at = 0; at + blockBytes <= bytes.length; ) {
    if (bytes[at] === 0) return;
    const size = Number.parseInt(text(bytes, at + 124, 12).trim() || '0', 8);
    if (!(size >= 0)) return void sign(own, 'damaged');
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    const data = bytes.subarray(at + blockBytes, at + blockBytes + size);
    if (type === 'L') longName = text(data, 0, Math.min(size, 500));
    else if (type === '0' || type === '\0') {
      if (own.budget.entries-- <= 0) return void sign(own, 'not-examined', 'number of files');
      if (outOfTime(own.budget)) return void sign(own, 'not-examined', 'time');
      own.within(data, longName || text(bytes, at, 100));
      longName = '';
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
}
