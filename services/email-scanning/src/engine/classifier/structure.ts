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

type Add = (name: string) => void;

function ofSender({ from, fromCount, replyTo, returnPath }: ParsedMessage, add: Add): void {
  const address = from?.address ?? '';
  const domain = domainOf(address);
  const own = registrable(domain);
  add(`from-ending=${endingClass(domain)}`);
  add(`from-shape=${domainShape(domain)}`);
  add(`from-free=${own !== null && freeMail.has(own)}`);
  add(`from-local=${localShape(address.slice(0, Math.max(0, address.indexOf('@'))))}`);
  add(`from-name=${nameShape(from?.name ?? '')}`);
  if (fromCount > 1) add('from-several');
  const answers = registrable(domainOf(replyTo[0]?.address));
  add(
    `reply-to=${answers === null ? 'none' : answers === own ? 'same' : freeMail.has(answers) ? 'free' : 'other'}`,
  );
  const returns = registrable(domainOf(returnPath ?? undefined));
  if (returns !== null) add(`return=${returns === own}`);
}

function ofSubject(subject: string, add: Add): void {
  const { capitals, letters } = countSigns(subject);
  add(`subject-length=${bucket(subject.length, [1, 15, 35, 60, 100])}`);
  add(`subject-capitals=${bucket(capitals / Math.max(letters, 1), [0.1, 0.3, 0.7])}`);
  add(`subject-answer=${/^\s*(re|aw|sv|antw|fwd?|wg|tr|rv|enc|res)\s*:/i.test(subject)}`);
  if (subject.includes('!')) add('subject-exclaims');
  if (subject.includes('?')) add('subject-asks');
  if (/[$€£¥%]/.test(subject)) add('subject-money');
  if (/\d{4}/.test(subject)) add('subject-number');
  if (/[\p{Extended_Pictographic}\u2190-\u2bff]/u.test(subject)) add('subject-picture');
  if (/[^\p{L}\p{N}\s]{3}/u.test(subject)) add('subject-signs');
}

function ofLinks({ links, from }: ParsedMessage, add: Add): void {
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
  add(`links=${bucket(web, few)}`);
  add(`link-hosts=${bucket(hosts.size, few)}`);
  if (web === 0) return;
  const domains = new Set(hosts.values());
  add(`links-home=${own !== null && domains.has(own) ? (domains.size === 1 ? 'all' : 'some') : 'none'}`);
  add(`link-domains=${bucket(domains.size, few)}`);
  for (const ending of new Set([...domains].map(endingClass))) add(`link-ending=${ending}`);
  for (const shape of new Set([...hosts.keys()].map(domainShape))) add(`link-shape=${shape}`);
  for (const word of words) add(`path=${word}`);
}

function ofBody(message: ParsedMessage, { shown }: Reading, add: Add): void {
  const { html, hasHtml, text, htmlText } = message;
  const signs = countSigns(shown.slice(0, maxText));
  const letters = Math.max(signs.letters, 1);
  const size = `body=${bucket(shown.length, lengths)}`;
  const form = hasHtml ? (text.trim() ? 'both' : 'html') : 'text';
  add(size);
  add(`form=${form}`);
  add(`${form},${size}`);
  if (form === 'both')
    add(`text-of-html=${bucket(text.length / Math.max(htmlText.length, 1), [0.1, 0.5, 0.9, 1.5, 4])}`);
  add(`capitals=${bucket(signs.capitals / letters, [0.02, 0.05, 0.1, 0.2, 0.4])}`);
  add(`exclaims=${bucket(signs.exclaims, [1, 2, 4, 8])}`);
  add(`figures=${bucket(signs.figures / Math.max(signs.all, 1), shares)}`);
  add(`other-script=${bucket(signs.otherScript / letters, shares)}`);
  if (signs.money > 0) add('money');
  add(`quoted=${bucket(signs.quotedLines, [1, 4, 16])}`);
  if (message.invisibleCharacters > 0) add(`invisible=${bucket(message.invisibleCharacters, [1, 10, 100])}`);
  if (html) ofHtml(html, htmlText.length, add);
}

function ofHtml(html: HtmlFacts, shown: number, add: Add): void {
  add(`html-of-shown=${bucket(html.bytes / Math.max(shown, 1), [2, 4, 8, 16, 40])}`);
  add(`images=${bucket(html.images.length, few)}`);
  add(`linked-images=${bucket(html.images.filter(({ linked }) => linked).length, few)}`);
  if (html.images.length > 0) add(`picture-only=${bucket(shown, [40, 150, 500])}`);
  if (html.forms.length > 0) add('form-in-mail');
  if (html.scripts > 0) add('script-in-mail');
  if (html.brokenWords > 0) add(`broken-words=${bucket(html.brokenWords, few)}`);
  add(`hidden=${bucket(html.hiddenCharacters / Math.max(html.visibleCharacters, 1), shares)}`);
}

/** What it talks about, in whichever language, by itself and with where its links lead. */
function ofTopics(reading: Reading, leads: string, add: Add): void {
  const wording = wordingOf({ reading });
  for (const concept of concepts) {
    if (!wording.has(concept)) continue;
    add(`talks=${concept}`);
    add(`talks=${concept},${leads}`);
  }
}

/**
 * What a mail is like besides its words, as `name=class`. Nothing in here names a person, a list, a place or a time; headers
 * that programs add and character sets are left out, since they tell of the year more than of the intent.
 */
export function structure(message: ParsedMessage, reading: Reading): string[] {
  const names: string[] = [];
  const add: Add = (name) => {
    names.push(name);
  };
  ofSender(message, add);
  ofSubject(message.subject ?? '', add);
  ofLinks(message, add);
  ofTopics(reading, names.find((name) => name.startsWith('links-home')) ?? 'no-links', add);
  ofBody(message, reading, add);
  add(`attachments=${bucket(message.attachments.filter(({ inline }) => !inline).length, few)}`);
  for (const kind of new Set(message.attachments.map(({ facts }) => facts.kind))) add(`file=${kind}`);
  return names;
}
