import { limits } from '../limits.ts';
import type { Problem } from '../types.ts';

const lf = 10;
const cr = 13;

/** The bytes that are read: cut to what is allowed, without byte order mark and mbox line, with line breaks that are some. */
export function prepare(bytes: Uint8Array, problems: Problem[]): Buffer {
  let raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (raw.length > limits.messageBytes) {
    const message = `The message is larger than ${limits.messageBytes / 1024 / 1024} MiB; only its beginning was read`;
    problems.push({ code: 'cut', message });
    raw = raw.subarray(0, limits.messageBytes);
  }
  if (raw.length > 1 && !raw.includes(lf) && raw.includes(cr)) {
    raw = Buffer.from(raw);
    for (let at = raw.indexOf(cr); at >= 0; at = raw.indexOf(cr, at + 1)) raw[at] = lf;
  }
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) raw = raw.subarray(3);
  while (raw[0] === lf || (raw[0] === cr && raw[1] === lf)) raw = raw.subarray(raw[0] === lf ? 1 : 2);
  if (/^>?From /.test(raw.toString('latin1', 0, 6))) {
    const end = raw.indexOf(lf);
    if (end >= 0) raw = raw.subarray(end + 1);
  }
  return raw;
}
