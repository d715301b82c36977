import type { Address } from '../types.ts';
import { decodeWords } from './encoded-words.ts';

export interface AddressList {
  addresses: Address[];
  broken: boolean;
}

/** One mailbox while it is read. */
interface Draft {
  phrase: string;
  angle: string | null;
  comment: string;
}

const empty = (): Draft => ({ phrase: '', angle: null, comment: '' });
const maxDepth = 20;

/** Cuts a list into mailboxes at the commas that stand in no quotes, brackets and comments; names of groups go. */
function drafts(text: string, limit: number): Draft[] {
  const found: Draft[] = [];
  let draft = empty();
  const push = () => {
    if (draft.phrase.trim() !== '' || draft.angle !== null || draft.comment !== '') found.push(draft);
    draft = empty();
  };
  for (let at = 0; at < text.length && found.length < limit; at++) {
    const sign = text[at];
    if (sign === '"') {
      let quoted = '';
      let end = at + 1;
      for (; end < text.length && text[end] !== '"'; end++) {
        if (text[end] === '\\') end++;
        quoted += text[end] ?? '';
      }
      // A quote that is never closed is a sign like any other.
      if (end >= text.length) draft.phrase += '"';
      else {
        draft.phrase += quoted;
        at = end;
      }
    } else if (sign === '(') {
      let depth = 1;
      let comment = '';
      let end = at + 1;
      for (; end < text.length; end++) {
        if (text[end] === '\\') end++;
        else if (text[end] === '(' && depth < maxDepth) depth++;
        else if (text[end] === ')' && --depth === 0) break;
        comment += text[end] ?? '';
      }
      draft.comment += comment;
      at = end;
    } else if (sign === '<') {
      const end = text.indexOf('>', at);
      const stop = end < 0 ? text.length : end;
      const inner = text.slice(at + 1, stop);
      // The last one counts, as in most programs: `<shown@a.example> <real@b.example>`.
      if (draft.angle !== null) draft.phrase += ` <${draft.angle}>`;
      draft.angle = inner;
      at = stop;
    } else if (sign === ',' || sign === ';') push();
    else if (sign === ':' && draft.angle === null && !draft.phrase.includes('@')) draft = empty();
    else draft.phrase += sign;
  }
  push();
  return found;
}

const bare = /[^\s"<>(),;:]{1,320}@[^\s"<>(),;:]{1,255}/;

/** Without the route of RFC 822 (`@a,@b:user@c`), blanks and a `mailto:`. */
const cleaned = (address: string) =>
  address
    .replace(/^@[^:]{0,500}:/, '')
    .replace(/^\s*mailto:/i, '')
    .replace(/\s+/g, '')
    .replace(/^'(.*)'$/, '$1')
    .toLowerCase()
    .slice(0, 320);

const named = (name: string) => name.replace(/\s+/g, ' ').trim().slice(0, 500);

function toAddress({ phrase, angle, comment }: Draft): Address & { broken: boolean } {
  const name = decodeWords(phrase);
  const remark = decodeWords(comment);
  const broken = name.broken || remark.broken;
  if (angle !== null)
    return { name: named(name.text || remark.text), address: cleaned(decodeWords(angle).text), broken };
  const plain = bare.exec(phrase)?.[0];
  if (plain) {
    const rest = named(name.text.replace(plain, ' '));
    return { name: rest || named(remark.text), address: cleaned(plain), broken };
  }
  // The address itself in an encoded word is forbidden, and shown by many programs.
  const within = /<([^<>\s]{1,320}@[^<>\s]{1,255})>/.exec(name.text) ?? bare.exec(name.text);
  if (within) {
    const rest = named(name.text.replace(within[0], ' '));
    return { name: rest, address: cleaned(within[1] ?? within[0]), broken: true };
  }
  return { name: named(name.text || remark.text), address: '', broken };
}

/** The addresses of a header (RFC 5322, 3.4, tolerant): names, comments, groups, what has no address at all. Linear. */
export function readAddresses(header: string, limit: number): AddressList {
  const text = header.slice(0, 50_000);
  const addresses: Address[] = [];
  let broken = false;
  let before = '';
  for (const draft of drafts(text, limit)) {
    const { broken: own, ...address } = toAddress(draft);
    broken ||= own;
    // `Doe, Jane <jane@…>` without quotes: the name was cut at its comma.
    if (address.address === '' && draft.comment === '')
      before = before ? `${before}, ${address.name}` : address.name;
    else {
      addresses.push(before ? { ...address, name: named(`${before}, ${address.name}`) } : address);
      before = '';
    }
  }
  if (before !== '' && addresses.length < limit) addresses.push({ name: named(before), address: '' });
  return { addresses, broken };
}
