import { domainOf, registrable } from '../domains.ts';
import type { HtmlFacts, ParsedMessage, Reading } from '../types.ts';
import { concepts } from '../wording/concepts.ts';
import { wordingOf } from '../wording/wording.ts';
import { freeMail } from './free-mail.ts';
import { bucket, domainShape, endingClass, few, lengths, localShape, nameShape, shares } from './shape.ts';
import { countSigns } from './signs.ts';

const host = /^https?:\/\/(?:[^/@?#\s]{0,200}@)?([^/:?#\s]{1,253})/i;
const pathWord = /[a-z]{3,15}/g;
const maxLinks = 60;
const maxPathWords = 12;
const maxText = 8_000;

function* ofSender({ from, fromCount, replyTo, returnPath }: ParsedMessage): Generator<string> {
  const address = from?.address ?? '';
  const domain = domainOf(address);
  const own = registrable(domain);
  yield `from-ending=${endingClass(domain)}`;
  yield `from-shape=${domainShape(domain)}`;
  yield `from-free=${own !== null && freeMail.has(own)}`;
  yield `from-local=${localShape(address.slice(0, Math.max(0, address.indexOf('@'))))}`;
  yield `from-name=${nameShape(from?.name ?? '')}`;
  if (fromCount > 1) yield 'from-several';
  const answers = registrable(domainOf(replyTo[0]?.address));
  yield `reply-to=${answers === null ? 'none' : answers === own ? 'same' : freeMail.has(answers) ? 'free' : 'other'}`;
  const returns = registrable(domainOf(returnPath ?? undefined));
  if (returns !== null) yield `return=${returns === own}`;
}

function* ofSubject(subject: string): Generator<string> {
  const { capitals, letters } = countSigns(subject);
  yield `subject-length=${bucket(subject.length, [1, 15, 35, 60, 100])}`;
  yield `subject-capitals=${bucket(capitals / Math.max(letters, 1), [0.1, 0.3, 0.7])}`;
  yield `subject-answer=${/^\s*(re|aw|sv|antw|fwd?|wg|tr|rv|enc|res)\s*:/i.test(subject)}`;
  if (subject.includes('!')) yield 'subject-exclaims';
  if (subject.includes('?')) yield 'subject-asks';
  if (/[$€£¥%]/.test(subject)) yield 'subject-money';
  if (/\d{4}/.test(subject)) yield 'subject-number';
  if (/[\p{Extended_Pictographic}\u2190-\u2bff]/u.test(subject)) yield 'subject-picture';
  if (/[^\p{L}\p{N}\s]{3}/u.test(subject)) yield 'subject-signs';
}

function* ofLinks({ links, from }: ParsedMessage): Generator<string> {
  const own = registrable(domainOf(from?.address));
  const hosts = new Map<string, string>();
  const words = new Set<string>();
  let web = 0;
  for (const { href } of links.slice(0, maxLinks)) {
    const name = host.exec(href)?.[1]?.toLowerCase();
    if (!name) continue;
    web++;
    if (!hosts.has(name) && hosts.size < 16) hosts.set(name, registrable(name) ?? name);
    const path = href.slice(href.indexOf(name) + name.length, 300).toLowerCase();
    for (const [word] of path.matchAll(pathWord)) if (words.size < maxPathWords) words.add(word);
  }
  yield `links=${bucket(web, few)}`;
  yield `link-hosts=${bucket(hosts.size, few)}`;
  if (web === 0) return;
  const domains = new Set(hosts.values());
  yield `links-home=${own !== null && domains.has(own) ? (domains.size === 1 ? 'all' : 'some') : 'none'}`;
  yield `link-domains=${bucket(domains.size, few)}`;
  for (const ending of new Set([...domains].map(endingClass))) yield `link-ending=${ending}`;
  for (const shape of new Set([...hosts.keys()].map(domainShape))) yield `link-shape=${shape}`;
  for (const word of words) yield `path=${word}`;
}

function* ofBody(message: ParsedMessage, { shown }: Reading): Generator<string> {
  const { html, hasHtml, text, htmlText } = message;
  const signs = countSigns(shown.slice(0, maxText));
  const letters = Math.max(signs.letters, 1);
  const size = `body=${bucket(shown.length, lengths)}`;
  const form = hasHtml ? (text.trim() ? 'both' : 'html') : 'text';
  yield size;
  yield `form=${form}`;
  yield `${form},${size}`;
  if (form === 'both')
    yield `text-of-html=${bucket(text.length / Math.max(htmlText.length, 1), [0.1, 0.5, 0.9, 1.5, 4])}`;
  yield `capitals=${bucket(signs.capitals / letters, [0.02, 0.05, 0.1, 0.2, 0.4])}`;
  yield `exclaims=${bucket(signs.exclaims, [1, 2, 4, 8])}`;
  yield `figures=${bucket(signs.figures / Math.max(signs.all, 1), shares)}`;
  yield `other-script=${bucket(signs.otherScript / letters, shares)}`;
  if (signs.money > 0) yield 'money';
  yield `quoted=${bucket(signs.quotedLines, [1, 4, 16])}`;
  if (message.invisibleCharacters > 0) yield `invisible=${bucket(message.invisibleCharacters, [1, 10, 100])}`;
  if (html) yield* ofHtml(html, htmlText.length);
}

function* ofHtml(html: HtmlFacts, shown: number): Generator<string> {
  yield `html-of-shown=${bucket(html.bytes / Math.max(shown, 1), [2, 4, 8, 16, 40])}`;
  yield `images=${bucket(html.images.length, few)}`;
  yield `linked-images=${bucket(html.images.filter(({ linked }) => linked).length, few)}`;
  if (html.images.length > 0) yield `picture-only=${bucket(shown, [40, 150, 500])}`;
  if (html.forms.length > 0) yield 'form-in-mail';
  if (html.scripts > 0) yield 'script-in-mail';
  if (html.brokenWords > 0) yield `broken-words=${bucket(html.brokenWords, few)}`;
  yield `hidden=${bucket(html.hiddenCharacters / Math.max(html.visibleCharacters, 1), shares)}`;
}

/** What it talks about, in whichever language, by itself and with where its links lead. */
function* ofTopics(reading: Reading, leads: string): Generator<string> {
  const wording = wordingOf({ reading });
  for (const concept of concepts) {
    if (!wording.has(concept)) continue;
    yield `talks=${concept}`;
    yield `talks=${concept},${leads}`;
  }
}

/**
 * What a mail is like besides its words, as `name=class`. Nothing in here names a person, a list, a place or a time; headers
 * that programs add and character sets are left out, since they tell of the year more than of the intent.
 */
export function* structure(message: ParsedMessage, reading: Reading): Generator<string> {
  yield* ofSender(message);
  yield* ofSubject(message.subject ?? '');
  const links = [...ofLinks(message)];
  yield* links;
  yield* ofTopics(reading, links.find((name) => name.startsWith('links-home')) ?? 'no-links');
  yield* ofBody(message, reading);
  yield `attachments=${bucket(message.attachments.filter(({ inline }) => !inline).length, few)}`;
  for (const kind of new Set(message.attachments.map(({ facts }) => facts.kind))) yield `file=${kind}`;
}
