import type { ProposeBankAccountBody } from '@stockade/contracts/purchasing';
import { errors } from '@stockade/service-kit';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import type { Static } from 'typebox';

/** The American Bankers Association's checksum: 3·(d1+d4+d7) + 7·(d2+d5+d8) + (d3+d6+d9) is a multiple of 10. */
export function isRoutingNumber(text: string): boolean {
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  const sum = [...text].reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0);
  return text.length === 9 && sum % 10 === 0 && /[1-9]/.test(text);
}

export interface AccountNumbers {
  iban: string | null;
  routing_number: string | null;
  account_number: string | null;
}

type GivenNumbers = Pick<Static<typeof ProposeBankAccountBody>, 'iban' | 'routingNumber' | 'accountNumber'>;

/**
 * The account's numbers as they are stored and compared. Throws a 400 for numbers that cannot be an account's; `at` says
 * where in the body they stand.
 */
export function normalizeNumbers(
  { iban, routingNumber, accountNumber }: GivenNumbers,
  at = '',
): AccountNumbers {
  const refuse = (path: string, message: string) => errors.validation([{ path: `${at}${path}`, message }]);
  if (iban !== undefined) {
    if (routingNumber !== undefined || accountNumber !== undefined)
      throw refuse('/iban', 'stands alone: give either an IBAN or a routing and account number');
    const normalized = electronicFormatIBAN(iban) ?? '';
    if (!isValidIBAN(normalized))
      throw refuse('/iban', 'is not a valid IBAN: its check digits or length are wrong');
    return { iban: normalized, routing_number: null, account_number: null };
  }
  if (routingNumber === undefined || accountNumber === undefined) {
    throw refuse(
      routingNumber === undefined && accountNumber === undefined
        ? '/iban'
        : routingNumber === undefined
          ? '/routingNumber'
          : '/accountNumber',
      'is required: give an IBAN, or a routing and an account number',
    );
  }
  if (!isRoutingNumber(routingNumber))
    throw refuse('/routingNumber', 'is not a valid routing number: its check digit is wrong');
  return { iban: null, routing_number: routingNumber, account_number: accountNumber };
}

/** What an audit entry shows of an account's number: enough to recognise it, not enough to use it. */
export const masked = (number: string | null): string | null =>
  number === null ? null : `…${number.slice(-4)}`;
