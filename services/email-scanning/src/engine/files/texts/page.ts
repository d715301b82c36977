import { readHtml } from '../../html.ts';
import { addText, addUrl, addUrlsIn, type Examination, sign } from '../examination.ts';
import type { FileKind } from '../facts.ts';
import { decodeText } from './decode.ts';
import { examinePageCode } from './page-code.ts';

const maxCode = 1_000_000;
const maxHtml = 500_000;

/** The code of all scripts, and of event handlers. Time is linear: every search goes on from where the last one ended. */
export function codeOf(html: string): string {
  const lower = html.toLowerCase();
  const parts: string[] = [];
  for (let at = lower.indexOf('<script'); at >= 0; ) {
    const from = lower.indexOf('>', at);
    const to = from < 0 ? -1 : lower.indexOf('</script', from);
    const code = html.slice(from + 1, to < 0 ? undefined : to);
    // Data for search engines and for shops is no code.
    const isData = /\btype\s{0,3}=\s{0,3}["']?(?:application\/(?:ld\+)?json|text\/template)/.test(
      lower.slice(at, Math.min(from, at + 500)),
    );
    if (from >= 0 && !isData)
      parts.push(`${/\bsrc\s{0,3}=/.test(lower.slice(at, from)) ? '/* loaded */' : ''}${code}`);
    at = to < 0 ? -1 : lower.indexOf('<script', to);
  }
  for (const [, , handler = ''] of html.matchAll(/\son[a-z]{3,20}\s{0,5}=\s{0,5}(["'])([^"'<>]{1,2000})/gi))
    parts.push(handler);
  for (const [, code = ''] of html.matchAll(/["']javascript:([^"']{1,2000})/gi))
    if (!/^\s*(?:void\(0\)|;)?;?\s*$/.test(code)) parts.push(code);
  return parts.join('\n').slice(0, maxCode);
}

const refresh =
  /<meta\b[^<>]{0,200}http-equiv\s{0,3}=\s{0,3}["']?refresh[^<>]{0,50}?url\s{0,3}=\s{0,3}["']?([^"'<>\s]{1,2000})/i;
const passwordInput = /<input\b[^<>]{0,1000}\btype\s{0,3}=\s{0,3}["']?password/i;
const action = /<form\b[^<>]{0,1000}\baction\s{0,3}=\s{0,3}["']?([^"'<>\s]{1,2000})/i;

/** A web page as a file: opened from disk it can do and imitate what it likes. */
export function examinePage(own: Examination, bytes: Buffer): FileKind | undefined {
  const html = decodeText(bytes);
  const isXml = /^\s*<\?xml/.test(html) && !/<html[\s>]/i.test(html.slice(0, 4_000));
  if (isXml && !/<script[\s>]/i.test(html)) {
    addUrlsIn(own, html.slice(0, 100_000));
    return;
  }
  sign(own, 'page');
  examinePageCode(own, codeOf(html));
  if (passwordInput.test(html)) sign(own, 'page-password', action.exec(html)?.[1] ?? '');
  const leads = refresh.exec(html)?.[1];
  if (leads !== undefined) sign(own, 'page-redirect', leads);
  const { text, links } = readHtml(html.slice(0, maxHtml));
  addText(own, text);
  for (const { href } of links) if (/^https?:/i.test(href)) addUrl(own, href);
  for (const target of [leads, action.exec(html)?.[1]])
    if (target && /^https?:/i.test(target)) addUrl(own, target);
  return isXml ? undefined : 'html';
}
