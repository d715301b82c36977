import { addText, addUrlsIn, type Examination } from '../examination.ts';
import { decodeText } from './decode.ts';

/** A mail as a file: its parts are examined where mails are parsed; here its text is read as it stands. */
export function examineMessage(own: Examination, bytes: Buffer): undefined {
  const text = decodeText(bytes.subarray(0, 200_000));
  addText(own, text.replace(/^[A-Za-z0-9+/=]{60,}\r?\n?/gm, '').replace(/<[^<>]*>/g, ' '));
  addUrlsIn(own, text.replace(/=\r?\n/g, ''));
}
