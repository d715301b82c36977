import { type Brand, ownersOf } from '../../brands/index.ts';
import { type Mention, mentions, wordsOf } from '../../brands/names.ts';
import { freeMail } from '../../classifier/free-mail.ts';
import { fold } from '../../reading.ts';
import { isDisposable } from '../../senders/disposable.ts';
import { freeSenderHost } from '../../senders/hosting.ts';
import type { CheckContext } from '../../types.ts';

/** What several checks want to know of a sender. */
export interface SenderProfile {
  /** The part of the address before the @. */
  local: string;
  /** The display name's words, folded. */
  nameWords: readonly string[];
  /** Brands that the display name names. */
  named: readonly Mention[];
  /** Brands whose domain the sender has. */
  owners: readonly Brand[];
  freeMail: boolean;
  disposable: boolean;
  freeHost: boolean;
  /** Whether the mail is part of a talk: on a list, or an answer. What is said there of companies is no claim to be one. */
  discussion: boolean;
}

const answer = /^\s*(re|aw|sv|vs|antw|antwort|rif|odp|fwd?|wg|tr|rv|enc|i)\s*(\[\d+\])?\s*:/i;

const profiles = new WeakMap<CheckContext['message'], SenderProfile>();

function profile({ message, sender }: CheckContext): SenderProfile {
  const nameWords = wordsOf(fold(message.from?.name ?? '').slice(0, 200));
  const named = mentions(nameWords);
  // “P a y P a l”, “Micro soft”: cut where no word ends.
  const joined = named.length === 0 && nameWords.length > 1 ? mentions([nameWords.join('')]) : [];
  const { domain, registrable } = sender;
  const address = message.from?.address ?? '';
  return {
    local: address.slice(0, Math.max(0, address.lastIndexOf('@'))),
    nameWords,
    named: named.length > 0 ? named : joined.map(({ brand }) => ({ brand, at: 0, length: nameWords.length })),
    owners: ownersOf(registrable),
    freeMail: domain !== null && (freeMail.has(domain) || freeMail.has(registrable ?? '')),
    disposable: domain !== null && isDisposable(domain, registrable),
    freeHost: domain !== null && freeSenderHost(domain, registrable),
    discussion:
      message.list ||
      message.inReplyTo !== null ||
      message.threadIds.length > 0 ||
      answer.test(message.subject ?? ''),
  };
}

/** Reckoned once a message. */
export function senderProfile(context: CheckContext): SenderProfile {
  let known = profiles.get(context.message);
  if (!known) {
    known = profile(context);
    profiles.set(context.message, known);
  }
  return known;
}
