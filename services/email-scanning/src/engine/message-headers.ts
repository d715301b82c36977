import { limits } from './limits.ts';
import { readAddresses } from './mime/addresses.ts';
import { decodeRaw, hasEightBit } from './mime/charset.ts';
import { decodeWords } from './mime/encoded-words.ts';
import type { Header } from './mime/index.ts';
import type { Address, ParsedMessage } from './types.ts';

type Fields = Pick<
  ParsedMessage,
  | 'from'
  | 'fromCount'
  | 'fromAll'
  | 'sender'
  | 'replyTo'
  | 'returnPath'
  | 'to'
  | 'cc'
  | 'subject'
  | 'date'
  | 'messageId'
  | 'inReplyTo'
  | 'threadIds'
  | 'mailer'
  | 'list'
  | 'authenticationResults'
  | 'headerNames'
  | 'brokenHeaders'
> & { charsets: string[] };

const maxNames = 300;
const maxResults = 20;
const maxThread = 50;
const messageId = /<[^<>\s]{1,500}>/g;
/** Of discussion lists; newsletters have List-Unsubscribe too, and whoever wants to look like one. */
const listNames = new Set(['list-id', 'list-post', 'mailing-list', 'x-mailing-list']);

/** What the headers of a message say, decoded and bounded. */
export function readFields(headers: readonly Header[]): Fields {
  const values = new Map<string, string[]>();
  let brokenHeaders = false;
  for (const { name, value } of headers) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
    brokenHeaders ||= hasEightBit(value);
  }
  const charsets: string[] = [];
  const first = (name: string, length: number) => values.get(name)?.[0]?.slice(0, length);
  const addresses = (name: string): Address[] => {
    const own: Address[] = [];
    for (const value of values.get(name) ?? []) {
      const { addresses: found, broken } = readAddresses(value, limits.addresses - own.length);
      own.push(...found);
      brokenHeaders ||= broken;
    }
    return own;
  };
  const words = (name: string, length: number): string | null => {
    const value = first(name, 20_000);
    if (value === undefined) return null;
    const decoded = decodeWords(value);
    brokenHeaders ||= decoded.broken;
    for (const charset of decoded.charsets) if (!charsets.includes(charset)) charsets.push(charset);
    return decoded.text
      .replace(/[\r\n\t\0]+/g, ' ')
      .trim()
      .slice(0, length);
  };
  const ids = (name: string) => (first(name, 20_000) ?? '').match(messageId) ?? [];
  const plain = (name: string, length: number): string | null => {
    const value = first(name, length);
    return value === undefined ? null : decodeRaw(value);
  };
  const fromAll = addresses('from');
  const returnPath = first('return-path', 1_000);
  return {
    from: fromAll[0] ?? null,
    fromCount: values.get('from')?.length ?? 0,
    fromAll,
    sender: addresses('sender')[0] ?? null,
    replyTo: addresses('reply-to'),
    returnPath:
      returnPath === undefined ? null : (readAddresses(returnPath, 1).addresses[0]?.address ?? null),
    to: addresses('to'),
    cc: addresses('cc'),
    subject: words('subject', 1_000),
    date: plain('date', 100),
    messageId: ids('message-id')[0] ?? plain('message-id', 500),
    inReplyTo: ids('in-reply-to')[0] ?? null,
    threadIds: ids('references').slice(-maxThread),
    mailer: words('x-mailer', 200) ?? words('user-agent', 200),
    list: headers.some(({ name }) => listNames.has(name)) || /^list\b/i.test(first('precedence', 20) ?? ''),
    authenticationResults: (values.get('authentication-results') ?? [])
      .slice(0, maxResults)
      .map((value) => decodeRaw(value.slice(0, 2_000))),
    headerNames: headers.slice(0, maxNames).map(({ name }) => name),
    brokenHeaders,
    charsets,
  };
}
