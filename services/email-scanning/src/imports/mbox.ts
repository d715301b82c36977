import { maxMessageBytes } from '@stockade/contracts/email-scanning';

/** A message of a file; without `raw`, why it is not taken. */
export interface Entry {
  name: string | null;
  raw: Buffer | null;
  reason?: string;
}

const from = Buffer.from('From ');
const lineFeed = 10;
/** So many lines are kept apart before they become one buffer: a line alone takes a hundred bytes more than its own. */
const maxLines = 4_096;

/** `>From `, `>>From `, …: mboxrd puts one more before, mboxo only where there was none, which reads the same. */
function unquote(line: Buffer): Buffer {
  let at = 0;
  while (line[at] === 62) at++;
  return at > 0 && line.subarray(at, at + 5).equals(from) ? line.subarray(1) : line;
}

const isBlank = (line: Buffer) => line.length === 1 || (line.length === 2 && line[0] === 13);

/**
 * Splits an mbox (RFC 4155) into its messages: each begins with a line `From …` at the beginning or below a blank line.
 * Holds one message at most; one that is too large is passed over. Without any such line, all of it is one message.
 */
export async function* splitMbox(pieces: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  let joined: Buffer[] = [];
  let lines: Buffer[] = [];
  let bytes = 0;
  let begun = false;
  let blank = true;
  let tooLarge = false;
  let rest: Buffer[] = [];
  let restBytes = 0;

  /** Keeps a line, or its beginning: what no message could hold is dropped. */
  const add = (line: Buffer) => {
    bytes += line.length;
    begun = true;
    if (bytes > maxMessageBytes + 1) {
      tooLarge = true;
      joined = [];
      lines = [];
      return;
    }
    if (lines.length === maxLines) {
      joined.push(Buffer.concat(lines));
      lines = [];
    }
    lines.push(line);
  };
  const take = (): Entry | null => {
    // The blank line before the next message is the file's.
    const end = lines.at(-1);
    if (end && isBlank(end)) lines.pop();
    const raw = Buffer.concat([...joined, ...lines]);
    const entry: Entry | null = tooLarge
      ? { name: null, raw: null, reason: `It is larger than ${maxMessageBytes} bytes.` }
      : raw.length > 0
        ? { name: null, raw }
        : begun
          ? { name: null, raw: null, reason: 'It is empty.' }
          : null;
    joined = [];
    lines = [];
    bytes = 0;
    tooLarge = false;
    begun = false;
    return entry;
  };
  const isStart = (line: Buffer) => blank && line.subarray(0, 5).equals(from);

  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
      // A copy: a slice would keep the whole piece.
      const tail = Buffer.from(piece.subarray(start, end + 1));
      const line = rest.length > 0 ? Buffer.concat([...rest, tail]) : tail;
      rest = [];
      restBytes = 0;
      start = end + 1;
      if (isStart(line)) {
        const entry = take();
        if (entry) yield entry;
        begun = true;
      } else add(unquote(line));
      blank = isBlank(line);
    }
    const tail = piece.subarray(start);
    restBytes += tail.length;
    if (restBytes > maxMessageBytes) {
      tooLarge = true;
      begun = true;
      rest = [];
    } else if (tail.length > 0) rest.push(Buffer.from(tail));
  }
  const line = Buffer.concat(rest);
  if (line.length > 0 && !isStart(line)) add(unquote(line));
  const entry = take();
  if (entry) yield entry;
}
