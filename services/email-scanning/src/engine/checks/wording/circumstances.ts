import { freeMail } from '../../classifier/free-mail.ts';
import { domainOf, registrable } from '../../domains.ts';
import { mailServices } from '../../senders/services.ts';
import type { CheckContext } from '../../types.ts';
import { wordingOf } from '../../wording/wording.ts';

/** How a mail is made, as far as it decides what its words mean. */
export interface Circumstances {
  /** Web links, and whether any leads to a domain that is neither the sender's nor a mail service's, and any to his own. */
  links: number;
  leadsAway: boolean;
  leadsHome: boolean;
  /** Something to act on: a link, a form, a page as attachment. */
  clickable: boolean;
  /** The sender, or who gets the answers, has an address that anybody gets in a minute. */
  freeMail: boolean;
  answersToFreeMail: boolean;
  /** It answers another mail, by its headers. */
  answers: boolean;
  words: number;
  /** What the score of words is multiplied by, 0–1: conversations, lists and warnings against fraud use the same words. */
  weight: number;
}

const web = /^https?:\/\//i;
const longText = 700;

function weightOf(context: CheckContext, answers: boolean): number {
  const { message, knowledge } = context;
  const wording = wordingOf(context);
  const { authentication, history } = knowledge.message;
  let weight = 1;
  if (history?.threadKnown) weight *= 0.5;
  else if (answers) weight *= 0.6;
  if (message.list) weight *= 0.7;
  if (wording.has('warning-talk')) weight *= 0.7;
  if (wording.tokens.length > longText) weight *= 0.7;
  if (authentication?.aligned && (history?.fromDomainSeen ?? 0) > 2) weight *= 0.6;
  return weight;
}

const known = new WeakMap<CheckContext, Circumstances>();

function look(context: CheckContext): Circumstances {
  const { message, sender } = context;
  const answers = message.inReplyTo !== null || message.threadIds.length > 0;
  const answerDomain = registrable(domainOf(message.replyTo[0]?.address));
  const free = freeMail.has(sender.registrable ?? '');
  const hosts = new Set<string>();
  let links = 0;
  for (const { href } of message.links) {
    if (!web.test(href)) continue;
    links++;
    hosts.add(href.slice(href.indexOf('//') + 2).split(/[/?#]/, 1)[0] ?? '');
  }
  const domains = new Set(
    [...hosts].map((host) => registrable(host.toLowerCase().replace(/^.*@|:\d+$/g, ''))),
  );
  const page = message.attachments.some(({ filename }) => /\.(s?html?|svg|pdf)$/i.test(filename ?? ''));
  return {
    links,
    // A provider of free addresses is nobody's home: a link to its site says nothing for the sender.
    leadsHome: sender.registrable !== null && !free && domains.has(sender.registrable),
    leadsAway: [...domains].some(
      (domain) => domain !== sender.registrable && !mailServices.has(domain ?? ''),
    ),
    clickable: links > 0 || page || (message.html?.forms.length ?? 0) > 0,
    freeMail: free,
    answersToFreeMail: freeMail.has(answerDomain ?? '') && answerDomain !== sender.registrable,
    answers,
    words: wordingOf(context).tokens.length,
    weight: weightOf(context, answers),
  };
}

/** How the mail is made; looked at once for each message. */
export function circumstancesOf(context: CheckContext): Circumstances {
  let circumstances = known.get(context);
  if (!circumstances) {
    circumstances = look(context);
    known.set(context, circumstances);
  }
  return circumstances;
}
