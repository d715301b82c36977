import { finding } from '../../finding.ts';
import { accountsIn } from '../../money/named-accounts.ts';
import { concernOf } from '../../related.ts';
import type { BankAccount, Check } from '../../types.ts';
import { readersOwn } from './whose-account.ts';

const countryOf = (account: BankAccount) => account.iban?.slice(0, 2) ?? 'US';
const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** The supplier was always paid in one country, and now the money is to go to another. */
export const accountCountry: Check = {
  id: 'account-country',
  techniques: [
    {
      id: 'account-in-another-country',
      title: 'Bank account in another country',
      description:
        'The account that the mail names is in a country in which the supplier has no verified one.',
      maxScore: 30,
    },
  ],
  run(context) {
    const { supplier, tie } = concernOf(context);
    if (!supplier || tie === 'account' || tie === 'mention') return [];
    const countries = new Set(
      supplier.bankAccounts.filter((account) => account.status === 'verified').map(countryOf),
    );
    if (countries.size === 0) return [];
    for (const account of accountsIn(context)) {
      const country = account.kind === 'iban' ? account.key.slice(0, 2) : account.kind === 'uk' ? 'GB' : 'US';
      if (countries.has(country) || readersOwn(context, account)) continue;
      const before = [...countries].map((code) => names.of(code)).join(', ');
      const explanation = `The account ${account.display} is in ${names.of(country)}; ${supplier.name} has been paid in ${before}.`;
      return [finding('account-in-another-country', 30, explanation, { account: account.display, country })];
    }
    return [];
  },
};
