import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { domainOf } from './domains.ts';
import type { ParsedMessage, References } from './types.ts';

const orderNumber = /\bPO[-\u2010-\u2015 ]?(\d{4})[-\u2010-\u2015 ]?(\d{6})\b/gi;
/** Country, check digits, then groups as people write them. What is none is sorted out by its checksum. */
const ibanLike =
  /\b[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0.-]?[A-Z0-9]{1,3})?(?![A-Z0-9])/gi;
const maxReferences = 50;

const unique = (values: string[]) => [...new Set(values)].slice(0, maxReferences);

/** All that people read of a message, in one text. */
export function readableText({ subject, text, htmlText, attachments }: ParsedMessage): string {
  return [subject ?? '', text, htmlText, ...attachments.map((attachment) => attachment.filename ?? '')].join(
    '\n',
  );
}

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

/** What a message refers to, read from what a person would see. */
export function references(message: ParsedMessage): References {
  const text = readableText(message);
  return {
    orderNumbers: orderNumbersIn(text),
    ibans: ibansIn(text),
    senderDomain: domainOf(message.from?.address),
  };
}
