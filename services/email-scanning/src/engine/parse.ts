import { createHash } from 'node:crypto';
import PostalMime, {
  type Email,
  type Address as MimeAddress,
  type Attachment as MimeAttachment,
} from 'postal-mime';
import { examineFile } from './files/examine.ts';
import { readHtml } from './html.ts';
import { limits } from './limits.ts';
import { prescan } from './prescan.ts';
import type { Address, Attachment, Link, ParsedMessage, Problem } from './types.ts';

function flatten(addresses: readonly MimeAddress[] | undefined): Address[] {
  return (addresses ?? [])
    .flatMap((entry) => ('group' in entry && entry.group ? entry.group : [entry]))
    .slice(0, limits.addresses)
    .map(({ name, address }) => ({
      name: (name ?? '').slice(0, 500),
      address: (address ?? '').trim().toLowerCase().slice(0, 320),
    }));
}

function toAttachment({ filename, mimeType, content, contentId, disposition }: MimeAttachment): Attachment {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  const name = filename === null ? null : filename.slice(0, 500);
  return {
    filename: name,
    mimeType: (mimeType ?? '').slice(0, 200),
    inline: disposition === 'inline',
    contentId: contentId ?? null,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    facts: examineFile(bytes, { filename: name, mimeType: mimeType ?? '' }),
  };
}

const urlPattern = /\bhttps?:\/\/[^\s<>"')\]]{3,2000}/gi;

/** Links that stand in plain text show where they lead. */
function linksOf(text: string): Link[] {
  return [...text.matchAll(urlPattern)]
    .slice(0, limits.links)
    .map(([href]) => ({ href, text: href, from: 'text' }));
}

const nothing = (problems: Problem[]): ParsedMessage => ({
  ...{ from: null, fromCount: 0, fromAll: [], sender: null, replyTo: [], returnPath: null, to: [], cc: [] },
  ...{
    subject: null,
    date: null,
    messageId: null,
    inReplyTo: null,
    threadIds: [],
    mailer: null,
    list: false,
  },
  ...{ authenticationResults: [], headerNames: [], brokenHeaders: false },
  ...{
    text: '',
    htmlText: '',
    hiddenText: '',
    invisibleCharacters: 0,
    links: [],
    hasHtml: false,
    html: null,
  },
  ...{ attachments: [], partTypes: [], charsets: [], size: 0 },
  problems,
});

/**
 * Reads a message, within limits. Never throws: of what is no mail at all the bytes are taken as text, with a problem that
 * says so.
 */
export async function parseMessage(bytes: Uint8Array): Promise<ParsedMessage> {
  const { raw, problems } = prescan(bytes);
  if (raw.length === 0) return nothing([...problems, { code: 'empty', message: 'The message is empty' }]);
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
      ...nothing([
        ...problems,
        { code: 'cut', message: `The message could not be parsed: ${(error as Error).message}` },
      ]),
      text,
      links: linksOf(text),
    };
  }
  return toMessage(email, problems);
}

function toMessage(email: Email, problems: Problem[]): ParsedMessage {
  if (email.headers.length === 0)
    problems.push({ code: 'no-headers', message: 'There are no headers: this is no mail' });
  if (email.attachments.length > limits.attachments)
    problems.push({
      code: 'cut',
      message: `Of ${email.attachments.length} attachments only ${limits.attachments} were looked at`,
    });
  const html = email.html ? readHtml(email.html.slice(0, limits.text * 5)) : null;
  const text = (email.text ?? '').slice(0, limits.text);
  if ((email.text?.length ?? 0) > limits.text)
    problems.push({ code: 'note', message: 'The text is very long; only its beginning was read' });
  return {
    ...nothing(problems),
    from: flatten(email.from ? [email.from] : [])[0] ?? null,
    fromCount: email.headers.filter((header) => header.key === 'from').length,
    replyTo: flatten(email.replyTo),
    returnPath: email.returnPath ?? null,
    to: flatten(email.to),
    cc: flatten(email.cc),
    subject: email.subject?.slice(0, 1_000) ?? null,
    date: email.date?.slice(0, 100) ?? null,
    messageId: email.messageId?.slice(0, 500) ?? null,
    inReplyTo: email.inReplyTo?.slice(0, 500) ?? null,
    headerNames: email.headers.map((header) => header.key).slice(0, 200),
    text,
    htmlText: html?.text ?? '',
    hiddenText: html?.hiddenText ?? '',
    links: [...(html?.links ?? []), ...linksOf(text)].slice(0, limits.links),
    hasHtml: html !== null,
    html: html?.facts ?? null,
    attachments: email.attachments.slice(0, limits.attachments).map(toAttachment),
  };
}
