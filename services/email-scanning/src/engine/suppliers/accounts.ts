import type { BankAccount, Supplier } from '../types.ts';

/** An account of a supplier, with whose it is. */
export interface OwnedAccount {
  supplier: Supplier;
  account: BankAccount;
}

/** As accounts are compared: an IBAN without blanks, or routing and account number. */
export const usKey = (routingNumber: string, accountNumber: string) =>
  `${routingNumber}/${accountNumber.replace(/^0+/, '')}`;

export const ukKey = (sortCode: string, accountNumber: string) => `GB ${sortCode}/${accountNumber}`;

/** A British IBAN holds sort code and account number: invoices name these instead. */
const asUkAccount = (iban: string) =>
  iban.startsWith('GB') ? ukKey(iban.slice(8, 14), iban.slice(14, 22)) : null;

export function accountKey({ iban, routingNumber, accountNumber }: BankAccount): string | null {
  if (iban) return iban.replace(/\s/g, '').toUpperCase();
  return routingNumber && accountNumber ? usKey(routingNumber, accountNumber.replace(/\D/g, '')) : null;
}

/** All suppliers' accounts by their numbers; more than one supplier may use the same. */
export function accountIndex(suppliers: readonly Supplier[]): ReadonlyMap<string, readonly OwnedAccount[]> {
  const byKey = new Map<string, OwnedAccount[]>();
  for (const supplier of suppliers) {
    for (const account of supplier.bankAccounts) {
      const key = accountKey(account);
      for (const one of [key, key && asUkAccount(key)]) {
        if (!one) continue;
        const list = byKey.get(one);
        if (list) list.push({ supplier, account });
        else byKey.set(one, [{ supplier, account }]);
      }
    }
  }
  return byKey;
}
