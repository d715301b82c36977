import { limits } from '../limits.ts';
import { decodeText } from './charset.ts';
import { unflow } from './flowed.ts';
import { type Allowance, outOfTime, type Part, tell } from './part.ts';
import { decodeTransfer } from './transfer.ts';
import { takeUuencoded } from './uuencode.ts';

/** A body that a mail program shows. */
export interface Body {
  html: boolean;
  text: string;
  /** Plain text that stands beside HTML of the same meaning (multipart/alternative): only one of both is shown. */
  alternative: boolean;
}

/** A part that is kept as a file. */
export interface FilePart {
  filename: string | null;
  mimeType: string;
  inline: boolean;
  contentId: string | null;
  bytes: Buffer;
  /** A message that was taken apart itself: nothing more is to be found in its bytes. */
  message: boolean;
}

export interface Contents {
  bodies: Body[];
  files: FilePart[];
  partTypes: string[];
  charsets: string[];
}

const maxListed = 200;
const htmlTypes = new Set(['text/html', 'application/xhtml+xml', 'text/x-amp-html']);
/** Types whose text programs show, or in which a report tells what happened. */
const plainTypes = new Set([
  'text/plain',
  'text/enriched',
  'text/richtext',
  'text/markdown',
  'text/rfc822-headers',
  'message/delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
]);

const holdsHtml = (part: Part): boolean =>
  part.children.length === 0 ? htmlTypes.has(part.type) : part.children.some(holdsHtml);

const inPage = /<meta\b[^>]{0,300}charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{1,40})/i;

/** The character set that a part names; a page may name it itself. */
function charsetOf({ parameters, type }: Part, bytes: Buffer): string {
  const declared = (parameters.get('charset') ?? '').trim().toLowerCase().slice(0, 60);
  if (declared !== '' || !htmlTypes.has(type)) return declared;
  return inPage.exec(bytes.toString('latin1', 0, 2_000))?.[1]?.toLowerCase() ?? '';
}

/** Bytes of a body as text with single line breaks; without NULs, which programs pass over. */
function textOf(part: Part, bytes: Buffer, contents: Contents, allowance: Allowance): string {
  const charset = charsetOf(part, bytes);
  if (charset !== '' && contents.charsets.length < maxListed && !contents.charsets.includes(charset))
    contents.charsets.push(charset);
  if (bytes.length > limits.bodyCharacters) {
    const message = `A text of the message is longer than ${limits.bodyCharacters} bytes; only its beginning was read`;
    tell(allowance, 'cut', message);
  }
  const { text: decoded, wrong } = decodeText(bytes.subarray(0, limits.bodyCharacters), charset);
  if (wrong) tell(allowance, 'charset', 'A text of the message is not in the character set that it names');
  let text = decoded;
  if (text.includes('\0')) {
    tell(allowance, 'nul', 'The text of the message holds NUL characters');
    text = text.replaceAll('\0', '');
  }
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function addFile(part: Part, bytes: Buffer, contents: Contents, message = false): void {
  const contentId = part.headers.find(({ name }) => name === 'content-id')?.value ?? null;
  contents.files.push({
    filename: part.filename,
    mimeType: part.type.slice(0, 200),
    inline: part.disposition === 'inline' || (part.disposition === null && contentId !== null),
    contentId: contentId === null ? null : contentId.replace(/^<|>$/g, '').slice(0, 500),
    bytes,
    message,
  });
}

function addPlain(
  part: Part,
  bytes: Buffer,
  alternative: boolean,
  contents: Contents,
  allowance: Allowance,
): void {
  const { text: body, files } = takeUuencoded(bytes, limits.attachments);
  for (const { filename, bytes: file } of files)
    contents.files.push({
      ...{ filename, mimeType: 'application/octet-stream', inline: false, contentId: null },
      ...{ bytes: file, message: false },
    });
  let text = textOf(part, body, contents, allowance);
  if (part.parameters.get('format')?.toLowerCase() === 'flowed')
    text = unflow(text, part.parameters.get('delsp')?.toLowerCase() === 'yes');
  contents.bodies.push({ html: false, text, alternative });
}

function addLeaf(part: Part, alternative: boolean, contents: Contents, allowance: Allowance): void {
  if (contents.partTypes.length < maxListed) contents.partTypes.push(part.type);
  const bytes = decodeTransfer(part);
  const html = htmlTypes.has(part.type);
  // A multipart in which no part was found is shown as the text that it is.
  const plain = plainTypes.has(part.type) || part.type.startsWith('multipart/');
  const asFile = part.disposition === 'attachment' || part.filename !== null;
  const shown = part.disposition !== 'attachment' && (html || plain);
  if (shown) {
    if (html)
      contents.bodies.push({ html, text: textOf(part, bytes, contents, allowance), alternative: false });
    else addPlain(part, bytes, alternative, contents, allowance);
  }
  if (asFile || !shown) addFile(part, bytes, contents);
}

function walk(part: Part, alternative: boolean, contents: Contents, allowance: Allowance): void {
  if (outOfTime(allowance)) return;
  if (part.children.length === 0) {
    addLeaf(part, alternative, contents, allowance);
    return;
  }
  if (part.type.startsWith('message/') && part.depth > 0)
    addFile(part, part.raw.subarray(part.start, Math.max(part.start, part.end)), contents, true);
  const inside = part.type.startsWith('message/')
    ? false
    : alternative || (part.type === 'multipart/alternative' && holdsHtml(part));
  for (const child of part.children) walk(child, inside, contents, allowance);
}

/** What is shown and what is attached, in the order of the parts, those of messages within the message included. */
export function contentsOf(root: Part, allowance: Allowance): Contents {
  const contents: Contents = { bodies: [], files: [], partTypes: [], charsets: [] };
  walk(root, false, contents, allowance);
  return contents;
}
