import { type Examination, sign } from '../examination.ts';

const zeroTerminated = (bytes: Buffer, from: number) => {
  const end = bytes.indexOf(0, from);
  return { text: bytes.toString('latin1', from, Math.min(end < 0 ? from : end, from + 300)), next: end + 1 };
};

/** An OLE package (`\1Ole10Native`, [MS-OLEDS] 2.3.6 and what packager.dll writes): a file that a double click runs. */
export function examinePackage(own: Examination, stream: Buffer): void {
  if (stream.length < 20) return;
  const label = zeroTerminated(stream, 6);
  const source = zeroTerminated(stream, label.next);
  const temporary = zeroTerminated(stream, source.next + 8);
  const sizeAt = temporary.next;
  const name = (label.text || source.text).split(/[\\/]/).at(-1) || 'package';
  sign(own, 'embedded-file', name);
  if (sizeAt <= 0 || sizeAt + 4 > stream.length) return;
  const size = stream.readUInt32LE(sizeAt);
  own.within(stream.subarray(sizeAt + 4, sizeAt + 4 + size), name);
}
