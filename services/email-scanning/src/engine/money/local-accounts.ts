/** The American Bankers Association's checksum: 3·(d1+d4+d7) + 7·(d2+d5+d8) + (d3+d6+d9) is a multiple of 10. */
export function isRoutingNumber(text: string): boolean {
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(text[at]) * (weights[at] ?? 0);
  // The first two digits name a Federal Reserve district, thrift institutions or electronic transactions.
  const district = Number(text.slice(0, 2));
  const exists = district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72);
  return text.length === 9 && sum % 10 === 0 && exists && /[1-9]/.test(text.slice(0, 8));
}

export interface UsAccount {
  routingNumber: string;
  accountNumber: string;
}

export interface UkAccount {
  /** Six digits. */
  sortCode: string;
  /** Eight digits. */
  accountNumber: string;
}

const mayBeUs = /\b(?:routing|aba|rtn|transit)\b/i;
const mayBeUk = /\bsort[\s-]{0,3}code\b/i;
/** Whether it is worth to look for accounts of British banks. */
export const mayNameUkAccount = (text: string): boolean => mayBeUk.test(text);
const routing = /\b(?:routing|aba|rtn|transit)\b[^\d]{0,60}(\d[\d -]{7,11}\d)(?!\d)/gi;
const account =
  /\b(?:account|acct|a\/c|acc|konto|checking|dda)\b[^\d\n]{0,40}\n?[^\d\n]{0,20}(\d[\d -]{2,22}\d)(?!\d)/gi;
const sortCode = /\bsort[\s-]{0,3}code\b[^\d]{0,20}(\d{2}[ -]?\d{2}[ -]?\d{2})(?!\d)/gi;
/** How far account and bank number stand apart, in characters. */
const near = 250;
const maxFound = 50;

const digits = (text: string) => text.replace(/\D/g, '');

/** Account numbers in reach of a bank's number, the nearest first. */
function accountsNear(text: string, at: number): string[] {
  const from = Math.max(0, at - near);
  return [...text.slice(from, at + near).matchAll(account)]
    .slice(0, maxFound)
    .map((match) => ({ number: digits(match[1] ?? ''), distance: Math.abs(from + match.index - at) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ number }) => number);
}

/** US accounts: a routing number with good check digit, named so, and an account number near it. */
export function findUsAccounts(text: string): UsAccount[] {
  if (!mayBeUs.test(text)) return [];
  return [...text.matchAll(routing)].slice(0, maxFound).flatMap((match) => {
    const routingNumber = digits(match[1] ?? '');
    if (!isRoutingNumber(routingNumber)) return [];
    const accountNumber = accountsNear(text, match.index).find(
      (number) => number !== routingNumber && number.length >= 4 && number.length <= 17,
    );
    return accountNumber ? [{ routingNumber, accountNumber }] : [];
  });
}

/** UK accounts: a sort code, named so, and an account number of eight digits near it. */
export function findUkAccounts(text: string): UkAccount[] {
  if (!mayBeUk.test(text)) return [];
  return [...text.matchAll(sortCode)].slice(0, maxFound).flatMap((match) => {
    const accountNumber = accountsNear(text, match.index).find((number) => number.length === 8);
    return accountNumber ? [{ sortCode: digits(match[1] ?? ''), accountNumber }] : [];
  });
}
