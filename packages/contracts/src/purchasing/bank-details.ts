/**
 * Bank details are sealed by purchasing, and travel and are copied as they are: purchasing and email-scanning hold the same
 * BANK_DETAILS_KEY. What is sealed is the JSON of these fields, named as the columns that held them in plain.
 */
export interface BankDetails {
  holder: string | null;
  iban: string | null;
  routing_number: string | null;
  account_number: string | null;
  bic: string | null;
}

/** The columns, in the order in which they are sealed. */
export const bankDetailFields = ['holder', 'iban', 'routing_number', 'account_number', 'bic'] as const;

export const bankDetailsKeyName = 'BANK_DETAILS_KEY';

/** Keeps the keys made from that secret apart from those of other things. */
export const bankDetailsPurpose = 'bank details';

/** What an account's details are bound to: in another tenant or another row they do not open. */
export const bankAccountContext = (tenantId: string, id: string) => `bank account ${tenantId} ${id}`;
