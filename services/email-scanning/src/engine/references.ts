import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { domainOf } from './domains.ts';
import type { ParsedMessage, Reading, References } from './types.ts';

const orderNumber = /\bPO[-\u2010-\u2015 ]?(\d{4})[-\u2010-\u2015 ]?(\d{6})\b/gi;
/** Country, check digits, then groups as people write them. What is none is sorted out by its checksum. */
const ibanLike =
  /\b[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0.-]?[A-Z0-9]{1,3})?(?![A-Z0-9])/gi;
const maxReferences = 50;

const unique = (values: string[]) => [...new Set(values)].slice(0, maxReferences);

/** Purchasing's numbers, as it writes them, whatever dashes the mail has. */
export function orderNumbersIn(text: string): string[] {
  return unique([...text.matchAll(orderNumber)].map(([, year, sequence]) => `PO-${year}-${sequence}`));
}

/** IBANs with good check digits, without blanks. A longer match that is none may begin with one that is. */
export function ibansIn(text: string): string[] {
  const found: string[] = [];
  for (const [match] of text.matchAll(ibanLike)) {
    const compact = electronicFormatIBAN(match) ?? '';
    for (let length = compact.length; length >= 15; length--) {
      const candidate = compact.slice(0, length);
      if (isValidIBAN(candidate)) {
        found.push(candidate);
        break;
      }
    }
  }
  return unique(found);
}

const web = /^https?:\/\//i;

function webAddresses(message: ParsedMessage): URL[] {
  return message.links.flatMap(({ href }) => (web.test(href) && URL.canParse(href) ? [new URL(href)] : []));
}

const normalised = (url: URL) => {
  url.hash = '';
  return url.href;
};

/** What a message refers to, read from what a person would see. */
export function references(message: ParsedMessage, { everything }: Reading): References {
  const urls = webAddresses(message);
  return {
    orderNumbers: orderNumbersIn(everything),
    ibans: ibansIn(everything),
    usAccounts: [],
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
