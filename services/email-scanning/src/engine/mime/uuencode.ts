const lf = 10;
const header = /^begin [0-7]{3,4} ([^\r\n]{1,200})/;

export interface UuFile {
  filename: string;
  bytes: Buffer;
}

function decodeLine(text: string, out: Buffer, at: number): number {
  const count = (text.charCodeAt(0) - 32) & 63;
  const limit = Math.min(at + count, out.length);
  let length = at;
  for (let index = 1; length < limit; index += 4) {
    let bits = 0;
    for (let digit = 0; digit < 4; digit++) {
      const code = text.charCodeAt(index + digit);
      bits = bits * 64 + (Number.isNaN(code) ? 0 : (code - 32) & 63);
    }
    for (const byte of [bits >> 16, (bits >> 8) & 255, bits & 255]) if (length < limit) out[length++] = byte;
  }
  return length;
}

/** Lines from `at` on, up to `end` or an empty one. Returns the file and where the text goes on. */
function decodeLines(bytes: Buffer, at: number): { file: Buffer; next: number } {
  const out = Buffer.allocUnsafe(bytes.length - at);
  let length = 0;
  let position = at;
  while (position < bytes.length) {
    const found = bytes.indexOf(lf, position);
    const stop = found < 0 ? bytes.length : found;
    const line = bytes.toString('latin1', position, Math.min(stop, position + 100)).trimEnd();
    position = stop + 1;
    if (line === 'end' || line === '') break;
    if (line !== '`') length = decodeLine(line, out, length);
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
