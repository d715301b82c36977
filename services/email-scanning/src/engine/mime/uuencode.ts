const lf = 10;
const header = /^begin [0-7]{3,4} ([^\r\n]{1,200})/;

export interface UuFile {
  filename: string;
  bytes: Buffer;
}

/** Writes the bytes of the line from `start` to `end` into `out` from `at` on, and gives where they end. Blanks cut off count as zeros. */
function decodeLine(
  bytes: Buffer,
  start: number,
  end: number,
  out: Buffer,
  at: number,
  most: number,
): number {
  const limit = Math.min(at + (((bytes[start] as number) - 32) & 63), most);
  const digit = (index: number) => (index < end ? ((bytes[index] as number) - 32) & 63 : 0);
  let length = at;
  for (let index = start + 1; length < limit && index < end; index += 4) {
    const bits = (digit(index) << 18) | (digit(index + 1) << 12) | (digit(index + 2) << 6) | digit(index + 3);
    for (let shift = 16; shift >= 0 && length < limit; shift -= 8) out[length++] = (bits >> shift) & 255;
  }
  if (length < limit) out.fill(0, length, limit);
  return limit;
}

/** A line holds so many bytes at most: its length is one sign of 64. */
const maxLineBytes = 63;
const backtick = 96;
/** What a line's end is freed of: the blanks of Latin-1. Other control characters are digits, if strange ones. */
const isBlank = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0xa0;
const endWord = Buffer.from('end');

/** Lines from `at` on, up to `end` or an empty one. Returns the file and where the text goes on. */
function decodeLines(bytes: Buffer, at: number): { file: Buffer; next: number } {
  // Grows with the file: room for all that follows would be asked for again for each of a thousand small ones.
  let out = Buffer.allocUnsafe(1_024);
  // A line may say that it holds more than is there.
  const most = bytes.length - at;
  let length = 0;
  let position = at;
  while (position < bytes.length) {
    const start = position;
    let stop = start;
    while (stop < bytes.length && bytes[stop] !== lf) stop++;
    position = stop + 1;
    let end = Math.min(stop, start + 100);
    while (end > start && isBlank(bytes[end - 1] as number)) end--;
    if (end === start || (end === start + 3 && endWord.compare(bytes, start, end) === 0)) break;
    if (end === start + 1 && bytes[start] === backtick) continue;
    if (out.length - length < maxLineBytes) {
      const larger = Buffer.allocUnsafe(out.length * 2);
      out.copy(larger, 0, 0, length);
      out = larger;
    }
    length = decodeLine(bytes, start, end, out, length, most);
  }
  return { file: out.subarray(0, length), next: Math.min(position, bytes.length) };
}

/** Takes uuencoded files out of a text: `begin 644 name`, lines, `end`. Linear. */
export function takeUuencoded(body: Buffer, maxFiles: number): { text: Buffer; files: UuFile[] } {
  const files: UuFile[] = [];
  const texts: Buffer[] = [];
  let copied = 0;
  let at = body.indexOf('begin ');
  while (at >= 0 && files.length < maxFiles) {
    const match = at === 0 || body[at - 1] === lf ? header.exec(body.toString('latin1', at, at + 220)) : null;
    const lineEnd = match ? body.indexOf(lf, at) : -1;
    // The first line of a real file is full: 45 bytes, or as many as there are.
    if (match && lineEnd > 0 && /^[!-M]/.test(body.toString('latin1', lineEnd + 1, lineEnd + 2))) {
      const { file, next } = decodeLines(body, lineEnd + 1);
      texts.push(body.subarray(copied, at));
      files.push({ filename: match[1]?.trim() ?? '', bytes: file });
      copied = next;
    }
    at = body.indexOf('begin ', Math.max(copied, at + 6));
  }
  if (files.length === 0) return { text: body, files };
  return { text: Buffer.concat([...texts, body.subarray(copied)]), files };
}
