import { domainOf } from './domains.ts';
import { findIbans } from './money/iban.ts';
import { findUsAccounts, type UsAccount } from './money/local-accounts.ts';
import { plainDigits } from './money/plain-digits.ts';
import type { ParsedMessage, Reading, References } from './types.ts';

/** Whatever separates its parts: dashes of all kinds, blanks, dots, none. */
const orderNumber = /\bP\.?O\.?[-_.:#/ ]{0,2}(\d{4})[-_./ ]{0,2}(\d{6})(?!\d)/gi;
const maxReferences = 50;

const unique = (values: string[]) => [...new Set(values)].slice(0, maxReferences);

/** Purchasing's numbers, as it writes them, however the mail does. */
function orderNumbersIn(plain: string): string[] {
  return unique([...plain.matchAll(orderNumber)].map(([, year, sequence]) => `PO-${year}-${sequence}`));
}

/** US accounts, each once. */
function usAccountsIn(plain: string): UsAccount[] {
  const accounts = findUsAccounts(plain).map(
    (account) => [`${account.routingNumber}/${account.accountNumber}`, account] as const,
  );
  return [...new Map(accounts).values()];
}

const web = /^https?:\/\//i;

function webAddresses(message: ParsedMessage): URL[] {
  return message.links.flatMap(({ href }) => {
    const url = web.test(href) ? URL.parse(href) : null;
    return url ? [url] : [];
  });
}

const normalised = (url: URL) => {
  url.hash = '';
  return url.href;
};

/** What a message refers to, read from all that it holds: shown, hidden, and attached. */
export function references(message: ParsedMessage, { everything }: Reading): References {
  const urls = webAddresses(message);
  const plain = plainDigits(everything);
  return {
    orderNumbers: orderNumbersIn(plain),
    ibans: unique(findIbans(plain).map(({ iban }) => iban)),
    usAccounts: usAccountsIn(plain),
    senderAddress: message.from?.address || null,
    senderDomain: domainOf(message.from?.address),
    hosts: unique(urls.map((url) => url.hostname)),
    urls: unique(urls.map(normalised)),
    hashes: unique(
      message.attachments.flatMap(({ sha256, facts }) => [
        sha256,
        ...facts.entries.flatMap((entry) => entry.sha256 ?? []),
      ]),
    ),
    threadIds: unique([...(message.inReplyTo ? [message.inReplyTo] : []), ...message.threadIds]),
  };
}
