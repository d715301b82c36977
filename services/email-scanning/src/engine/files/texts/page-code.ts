import { type Examination, sign } from '../examination.ts';

/** Calls with which a page puts a file or another page together in the browser, so that no filter sees it on its way. */
const smuggling =
  /\b(?:msSaveOrOpenBlob|msSaveBlob|URL\.createObjectURL|webkitURL\.createObjectURL|new\s{1,5}Blob\s{0,5}\(|new\s{1,5}File\s{0,5}\()/i;
const unpacking = /\b(?:atob|unescape|decodeURIComponent|fromCharCode|TextDecoder|Uint8Array)\b/i;
const writing =
  /\b(?:document\s{0,3}\.\s{0,3}write(?:ln)?|document\s{0,3}\[\s{0,3}["']write|eval|innerHTML|outerHTML|insertAdjacentHTML|new\s{1,5}Function|setTimeout|srcdoc)\b/i;
const leading =
  /\b(?:(?:window|document|top|self|parent)\s{0,3}\.\s{0,3})?location(?:\s{0,3}\.\s{0,3}(?:href|replace|assign))?\s{0,3}(?:=(?!=)|\()\s{0,3}(["'`]?)((?:https?:)?\/\/[^\s"'`]{0,2000}|[^;\n]{0,200})/i;
const posting = /\b(?:XMLHttpRequest|fetch\s{0,3}\(|\$\.(?:ajax|post)|axios|sendBeacon|api\.telegram\.org)/i;

/** Long runs of base64, hex escapes or numbers: code or a page that is not to be read. */
const packed =
  /[A-Za-z0-9+/]{2000}|(?:\\x[0-9a-f]{2}|%[0-9a-f]{2}|\\u[0-9a-f]{4}){100}|(?:\d{2,3}\s?,\s?){200}|_0x[0-9a-f]{4,6}\b/i;

/** Judges the code of a page: its scripts and event handlers together. */
export function examinePageCode(own: Examination, code: string): void {
  if (code.trim() === '') return;
  sign(own, 'page-script', '');
  const saves = smuggling.exec(code)?.[0];
  if (saves !== undefined && (unpacking.test(code) || packed.test(code))) sign(own, 'page-smuggling', saves);
  const unpacks = unpacking.exec(code)?.[0];
  const hides = packed.exec(code)?.[0];
  const writes = writing.exec(code)?.[0];
  if (hides !== undefined) sign(own, 'page-obfuscated', hides.slice(0, 40));
  else if (
    unpacks !== undefined &&
    writes !== undefined &&
    !/TextDecoder|Uint8Array|decodeURI/i.test(unpacks)
  )
    sign(own, 'page-obfuscated', `${unpacks}, ${writes}`);
  const leads = leading.exec(code);
  if (leads) sign(own, 'page-redirect', (leads[2] ?? '').trim());
  const posts = posting.exec(code)?.[0];
  if (posts !== undefined && /pass(?:word|wd)?\b|pwd/i.test(code)) sign(own, 'page-password', posts);
}
