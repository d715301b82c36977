import { fileLimits } from '../budget.ts';
import { addText, type Examination, sign } from '../examination.ts';
import { zeroTerminated } from '../zero-terminated.ts';

const maxText = 50_000;

/** Attributes of [MS-OXTNEF] that matter here. */
const body = 0x0002800c;
const beginsAttachment = 0x00069002;
const title = 0x00018010;
const data = 0x0006800f;

/** winmail.dat: what Outlook packs a message's attachments into. */
export function examineTnef(own: Examination, bytes: Buffer): undefined {
  if (own.depth >= fileLimits.depth) return void sign(own, 'archive-too-deep');
  let name = '';
  let content: Buffer | null = null;
  const finish = () => {
    if (content && own.budget.entries-- > 0) own.within(content, name || 'attachment');
    name = '';
    content = null;
  };
  for (let at = 6; at + 9 <= bytes.length; ) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const value = bytes.subarray(at + 9, at + 9 + length);
    if (id === beginsAttachment) finish();
    else if (id === title) name = zeroTerminated(value, 0, maxText);
    else if (id === data) content = value;
    else if (id === body) addText(own, zeroTerminated(value, 0, maxText));
    at += 9 + length + 2;
  }
  finish();
}
