import { ukKey, usKey } from '../suppliers/accounts.ts';
import type { CheckContext } from '../types.ts';
import { findIbans, groupedIban, mayHoldIban } from './iban.ts';
import { findUkAccounts, findUsAccounts, mayNameUkAccount } from './local-accounts.ts';
import { isDisguised, plainDigits } from './plain-digits.ts';
import { quotesIn } from './quotes.ts';

/** Where in a mail an account stands. `alternative`: in the plain text of a mail whose HTML is shown. */
export type Place = 'shown' | 'alternative' | 'hidden' | 'attachment';

export interface NamedAccount {
  kind: 'iban' | 'us' | 'uk';
  /** As accounts are compared. */
  key: string;
  /** As a person reads it. */
  display: string;
  places: ReadonlySet<Place>;
  /** Whether it is written in signs that programs do not take for digits, or cut by some without width. */
  disguised: boolean;
  /** What stands before it where it is shown first. */
  lead: string;
  /** Whether it only stands in what is repeated of a mail that somebody of the tenant's wrote. */
  fromOwnQuote: boolean;
}

const leadLength = 160;

interface Sighting extends Pick<NamedAccount, 'kind' | 'key' | 'display'> {
  at: number;
}

function sightings(plain: string): Sighting[] {
  const ibans = mayHoldIban(plain)
    ? findIbans(plain).map(
        ({ iban, at }): Sighting => ({ kind: 'iban', key: iban, display: groupedIban(iban), at }),
      )
    : [];
  const us = findUsAccounts(plain).map(
    ({ routingNumber, accountNumber }): Sighting => ({
      kind: 'us',
      key: usKey(routingNumber, accountNumber),
      display: `routing number ${routingNumber}, account ${accountNumber}`,
      at: plain.indexOf(routingNumber),
    }),
  );
  const uk = findUkAccounts(plain).map(
    ({ sortCode, accountNumber }): Sighting => ({
      kind: 'uk',
      key: ukKey(sortCode, accountNumber),
      display: `sort code ${sortCode}, account ${accountNumber}`,
      at: plain.indexOf(accountNumber),
    }),
  );
  return [...ibans, ...us, ...uk];
}

/** Whether what stands there is repeated from a mail of the tenant's own people. */
function inOwnQuote(plain: string, at: number, ownDomains: readonly string[]): boolean {
  const quote = quotesIn(plain).findLast((begins) => begins.at <= at);
  const header = quote?.header.toLowerCase() ?? '';
  return ownDomains.some((domain) => {
    const end = header.indexOf(`@${domain}`) + domain.length + 1;
    // The whole domain: not one that only begins like it.
    return end > domain.length && !/^[\w-]|^\.[\w-]/.test(header.slice(end, end + 2));
  });
}

function find({ message, reading, knowledge }: CheckContext): NamedAccount[] {
  const { htmlText, text, hiddenText, attachments } = message;
  const texts: [Place, string][] = [
    ['shown', reading.shown],
    ['alternative', htmlText ? text : ''],
    ['hidden', hiddenText],
    ['attachment', attachments.map(({ facts }) => facts.text).join('\n\n')],
  ];
  const found = new Map<string, NamedAccount & { places: Set<Place> }>();
  for (const [place, written] of texts) {
    const plain = plainDigits(written);
    const seen = sightings(plain);
    const asWritten = plain === written ? null : new Set(findIbans(written).map(({ iban }) => iban));
    for (const { kind, key, display, at } of seen) {
      const disguised = kind === 'iban' && asWritten !== null && !asWritten.has(key) && isDisguised(written);
      const own = at >= 0 && inOwnQuote(plain, at, knowledge.tenant.ownDomains);
      const known = found.get(key);
      if (known) {
        known.places.add(place);
        known.disguised ||= disguised;
        known.fromOwnQuote &&= own;
        continue;
      }
      const lead = plain.slice(Math.max(0, at - leadLength), Math.max(0, at));
      found.set(key, { kind, key, display, places: new Set([place]), disguised, lead, fromOwnQuote: own });
    }
  }
  return [...found.values()];
}

const named = new WeakMap<CheckContext, NamedAccount[]>();

/** All accounts that a mail names, each once; found once for all checks. */
export function accountsIn(context: CheckContext): NamedAccount[] {
  const known = named.get(context);
  if (known) return known;
  const { ibans, usAccounts } = context.references;
  const any = ibans.length > 0 || usAccounts.length > 0 || mayNameUkAccount(context.reading.everything);
  const accounts = any ? find(context) : [];
  named.set(context, accounts);
  return accounts;
}
