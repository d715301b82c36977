import { limits } from './limits.ts';
import type { Problem } from './types.ts';

const partMark = Buffer.from('\ncontent-type:');

/** Where the part stands with which a message has more than it may have, or -1. Counts without parsing. */
function endOfAllowedParts(raw: Buffer): number {
  let parts = 0;
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) {
    // Cheap first: the letter after the line break.
    const letter = raw[at + 1];
    if (letter !== 0x43 && letter !== 0x63) continue;
    if (
      raw
        .subarray(at, at + partMark.length)
        .toString('latin1')
        .toLowerCase() !== '\ncontent-type:'
    )
      continue;
    if (++parts > limits.parts) return at;
  }
  return -1;
}

/** Cuts a message to what may be parsed, before a parser sees it. */
export function prescan(bytes: Uint8Array): { raw: Buffer; problems: Problem[] } {
  const problems: Problem[] = [];
  let raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (raw.length > limits.messageBytes) {
    problems.push({
      code: 'cut',
      message: `The message is larger than ${limits.messageBytes / 1024 / 1024} MiB; only its beginning was read`,
    });
    raw = raw.subarray(0, limits.messageBytes);
  }
  const end = endOfAllowedParts(raw);
  if (end >= 0) {
    problems.push({
      code: 'cut',
      message: `The message has more than ${limits.parts} parts; the rest was not read`,
    });
    raw = raw.subarray(0, end);
  }
  return { raw, problems };
}
