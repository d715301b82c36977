import { maxMailRecipients, type OrderMailStatus, type OrderStatus } from '@stockade/contracts/purchasing';
import { type Round, secondsToNextRound } from '@stockade/outgoing-mail';
import { errors, ServiceError } from '@stockade/service-kit';
import { checkStep } from '../purchase-orders/rules.ts';
import { oneLine } from './format.ts';

export interface Recipient {
  name?: string;
  email: string;
}

interface Addressee {
  code: string;
  contacts: readonly { name: string; email: string }[];
}

/** Whom a mail goes to: the addresses given, else the supplier's first contacts, each address once. 409 without any. */
export function recipientsOf({ code, contacts }: Addressee, to: readonly string[] | undefined): Recipient[] {
  const known = new Map<string, Recipient>();
  for (const { name, email } of contacts) {
    const key = email.toLowerCase();
    if (!known.has(key)) known.set(key, { name: oneLine(name), email });
  }
  if (to) return to.map((email) => known.get(email.toLowerCase()) ?? { email });
  if (known.size === 0) {
    throw errors.conflict(
      `Supplier ${code} has no contact with an e-mail address: add one to the supplier, or name the addresses in "to".`,
    );
  }
  return [...known.values()].slice(0, maxMailRecipients);
}

interface Sending {
  order: { number: string; status: OrderStatus };
  /** The order's latest mail. */
  last: OrderMailStatus | undefined;
  resend: boolean;
}

/** States in which an order that was mailed may be mailed again: also when a part of it is there already. */
const mailedAgain: readonly OrderStatus[] = ['sent', 'partially_received', 'received'];

/** An approved order is sent; one that was sent only again: when its mail failed, or somebody asks for it. */
export function checkSend({ order, last, resend }: Sending): void {
  if (last === undefined || !mailedAgain.includes(order.status)) checkStep('send', order);
  else if (!resend && last !== 'failed') throw alreadySent(order);
}

function alreadySent({ number, status }: Sending['order']): ServiceError {
  return new ServiceError(
    'INVALID_STATE',
    `Purchase order ${number} is ${status}; this is possible from approved only. To mail it once more, ask with "resend": true.`,
    { state: status, allowed: ['approved'] },
  );
}

/** Orders of which nothing is wanted any more are not mailed, even if their mail was waiting. */
export const notMailed: readonly OrderStatus[] = ['cancelled', 'closed'];

/** Made, to be looked at, and never handed to anybody. */
export const whyWithheld = 'This is a test tenant: nothing is sent to the outside.';

const waits = { firstSeconds: 15, maxSeconds: 15 * 60 };

/** A supplier who hears of an order days later is worse than a buyer who knows that nobody was told. */
export const giveUpAfterHours = 48;

/** Seconds until the next try: as all queued mails, from 15 seconds up to 15 minutes. */
export const waitSeconds = (round: Round, random?: number) => secondsToNextRound(round, waits, random);
