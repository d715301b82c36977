import { createHash } from 'node:crypto';
import PostalMime, {
  type Email,
  type Address as MimeAddress,
  type Attachment as MimeAttachment,
} from 'postal-mime';
import { readHtml } from './html.ts';
import { limits } from './limits.ts';
import { prescan } from './prescan.ts';
import type { Address, Attachment, Link, ParsedMessage } from './types.ts';

/** The test string that scanners agree on (EICAR); split, so that this file is none. */
const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

function flatten(addresses: readonly MimeAddress[] | undefined): Address[] {
  return (addresses ?? [])
    .flatMap((entry) => ('group' in entry && entry.group ? entry.group : [entry]))
    .slice(0, limits.addresses)
    .map(({ name, address }) => ({
      name: (name ?? '').slice(0, 500),
      address: (address ?? '').trim().toLowerCase().slice(0, 320),
    }));
}

function toAttachment({ filename, mimeType, content }: MimeAttachment): Attachment {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return {
    filename: filename === null ? null : filename.slice(0, 500),
    mimeType: (mimeType ?? '').slice(0, 200),
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    magic: bytes.subarray(0, 16).toString('hex'),
    eicar: bytes.subarray(0, 200).includes(eicar),
  };
}

const urlPattern = /\bhttps?:\/\/[^\s<>"')\]]{3,2000}/gi;

/** Links that stand in plain text show where they lead. */
function linksOf(text: string): Link[] {
  return [...text.matchAll(urlPattern)].slice(0, limits.links).map(([href]) => ({ href, text: href }));
}

const nothing = (problems: string[]): ParsedMessage => ({
  from: null,
  fromCount: 0,
  replyTo: [],
  to: [],
  subject: null,
  date: null,
  messageId: null,
  text: '',
  htmlText: '',
  hiddenText: '',
  links: [],
  asksForPassword: false,
  hasHtml: false,
  attachments: [],
  problems,
});

/**
 * Reads a message, within limits. Never throws: of what is no mail at all the bytes are taken as text, with a problem that
 * says so.
 */
export async function parseMessage(bytes: Uint8Array): Promise<ParsedMessage> {
  const { raw, problems } = prescan(bytes);
  if (raw.length === 0) return nothing([...problems, 'The message is empty']);
  let email: Email;
  try {
    email = await PostalMime.parse(raw, {
      maxNestingDepth: limits.nestingDepth,
      maxHeadersSize: limits.headerBytes,
      attachmentEncoding: 'arraybuffer',
    });
  } catch (error) {
    const text = raw.subarray(0, limits.text).toString('utf8');
    return {
      ...nothing([...problems, `The message could not be parsed: ${(error as Error).message}`]),
      text,
      links: linksOf(text),
    };
  }
  return toMessage(email, problems);
}

function toMessage(email: Email, problems: string[]): ParsedMessage {
  if (email.headers.length === 0) problems.push('There are no headers: this is no mail');
  if (email.attachments.length > limits.attachments)
    problems.push(`Of ${email.attachments.length} attachments only ${limits.attachments} were looked at`);
  const html = email.html ? readHtml(email.html.slice(0, limits.text * 5)) : null;
  const text = (email.text ?? '').slice(0, limits.text);
  if ((email.text?.length ?? 0) > limits.text)
    problems.push('The text is very long; only its beginning was read');
  return {
    from: flatten(email.from ? [email.from] : [])[0] ?? null,
    fromCount: email.headers.filter((header) => header.key === 'from').length,
    replyTo: flatten(email.replyTo),
    to: flatten([...(email.to ?? []), ...(email.cc ?? [])]),
    subject: email.subject?.slice(0, 1_000) ?? null,
    date: email.date?.slice(0, 100) ?? null,
    messageId: email.messageId?.slice(0, 500) ?? null,
    text,
    htmlText: html?.text ?? '',
    hiddenText: html?.hiddenText ?? '',
    links: [...(html?.links ?? []), ...linksOf(text)].slice(0, limits.links),
    asksForPassword: html?.asksForPassword ?? false,
    hasHtml: html !== null,
    attachments: email.attachments.slice(0, limits.attachments).map(toAttachment),
    problems,
  };
}
