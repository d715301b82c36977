import { addText, addUrlsIn, type Examination } from '../examination.ts';
import { decodeText } from './decode.ts';

/** Plain text, as it is. What a script says is judged by its ending: lists send code every day. */
export function examineText(own: Examination, bytes: Buffer): undefined {
  const text = decodeText(bytes.subarray(0, 100_000));
  addText(own, text.slice(0, 20_000));
  addUrlsIn(own, text.slice(0, 20_000));
}
