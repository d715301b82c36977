import type { FileKind } from './facts.ts';

/** How files begin (hex of the first bytes). Sources: file(1)'s magic, the formats' own specifications. */
const beginnings: [string, FileKind][] = [
  ['255044462d', 'pdf'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708', 'zip'],
  ['d0cf11e0a1b11ae1', 'ole'],
  ['1f8b', 'gzip'],
  ['526172211a07', 'rar'],
  ['377abcaf271c', '7z'],
  ['4d534346', 'cab'],
  ['7b5c7274', 'rtf'],
  ['89504e470d0a1a0a', 'image'],
  ['ffd8ff', 'image'],
  ['474946383761', 'image'],
  ['474946383961', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['424d', 'image'],
  ['00000100', 'image'],
  ['7f454c46', 'linux-program'],
  ['feedface', 'macos-program'],
  ['feedfacf', 'macos-program'],
  ['cefaedfe', 'macos-program'],
  ['cffaedfe', 'macos-program'],
  ['4c0000000114020000000000c0000000', 'shortcut'],
  ['789f3e22', 'tnef'],
  ['e4525c7b8cd8a74daeb15378d02996d3', 'onenote'],
  ['494433', 'audio'],
  ['fffb', 'audio'],
  ['4f676753', 'audio'],
  ['664c6143', 'audio'],
  ['1a45dfa3', 'video'],
  ['00010000', 'font'],
  ['4f54544f', 'font'],
  ['774f4646', 'font'],
  ['774f4632', 'font'],
];

const riff: Record<string, FileKind> = { WAVE: 'audio', WEBP: 'image', 'AVI ': 'video' };

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);

function binaryKind(bytes: Buffer): FileKind | null {
  const magic = bytes.toString('hex', 0, 16);
  if (magic.startsWith('4d5a') && bytes.length > 3) return 'windows-program';
  if (magic.startsWith('cafebabe'))
    return bytes.length > 8 && bytes.readUInt32BE(4) < 40 ? 'macos-program' : 'java';
  if (magic.startsWith('52494646')) return riff[ascii(bytes, 8, 12)] ?? 'other';
  if (ascii(bytes, 4, 8) === 'ftyp') return /^(heic|mif1|avif)/.test(ascii(bytes, 8, 12)) ? 'image' : 'video';
  const known = beginnings.find(([begins]) => magic.startsWith(begins));
  // `BM` begins ordinary words too: a bitmap also tells its size.
  if (known && !(known[0] === '424d' && !isBitmap(bytes))) return known[1];
  if (ascii(bytes, 257, 262) === 'ustar') return 'tar';
  if (bytes.length > 32_774 && ascii(bytes, 32_769, 32_774) === 'CD001') return 'iso';
  return null;
}

const isBitmap = (bytes: Buffer) =>
  bytes.length > 30 && bytes.readUInt32LE(14) < 200 && bytes.readUInt32LE(6) === 0;

const page = /<(?:!doctype\s+html|html|head|body|script|iframe|meta\s|form|table|div|title|style)\b/i;
/** A page may begin with words; a patch or a program that holds lines of one begins its lines otherwise. */
const pageInText = /^(?![+\-#/*|>;])[^\n]{0,100}<(?:html|script|body)\b/im;
const header =
  /^(?:from|received|return-path|message-id|subject|date|mime-version|delivered-to|x-[\w-]{1,50}):/im;
const code =
  /^#!|\b(?:WScript\.|CreateObject\s*\(|ActiveXObject|On Error Resume Next|Invoke-Expression|powershell(?:\.exe)? )/i;

/** The beginning of a text as characters: UTF-16 with its mark, else bytes as they are. */
export function beginningOf(bytes: Buffer, characters: number): string {
  const head = bytes.subarray(0, characters * 2);
  if (head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2).slice(0, characters);
  if (head[0] === 0xfe && head[1] === 0xff && head.length % 2 === 0)
    return Buffer.from(head).swap16().toString('utf16le', 2).slice(0, characters);
  return head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .slice(0, characters);
}

/** Characters that no text has: below tabs, and between line ends and escape. */
function isBinary(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 7 || (code > 13 && code < 27)) return true;
  }
  return false;
}

function textKind(bytes: Buffer): FileKind {
  const text = beginningOf(bytes, 4_096);
  const start = text.trimStart();
  if (isBinary(text)) return 'other';
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'calendar';
  if (/^\[(?:InternetShortcut|Desktop Entry)/i.test(start)) return 'shortcut';
  if (start.startsWith('{\\rt')) return 'rtf';
  if (start.startsWith('<')) {
    if (/<svg[\s>]/i.test(start) && !/<html[\s>]/i.test(start)) return 'svg';
    if (page.test(start)) return 'html';
    if (/^<\?xml|^<[\w:-]+[\s>]/.test(start)) return 'xml';
  }
  if (header.test(start.slice(0, 300)) && /^[\w-]+:/.test(start) && /^from:/im.test(start)) return 'message';
  if (code.test(start)) return 'script';
  return pageInText.test(start.slice(0, 1_000)) ? 'html' : 'text';
}

/** What a file is by its bytes. Office documents are zips until their list of files is read. */
export function kindOf(bytes: Buffer): FileKind {
  if (bytes.length === 0) return 'empty';
  const kind = binaryKind(bytes) ?? textKind(bytes);
  if (kind !== 'text' && kind !== 'other') return kind;
  // Readers of PDF look for its beginning in the first 1,024 bytes; a page that holds it stays a page.
  const isPdf = /^%PDF-\d/m.test(bytes.toString('latin1', 0, 1_024));
  return isPdf ? 'pdf' : kind;
}
