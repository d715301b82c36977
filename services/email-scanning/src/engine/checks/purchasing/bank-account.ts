import { finding } from '../../finding.ts';
import { concernedSupplier } from '../../related.ts';
import type { Check, Finding } from '../../types.ts';

/** Readable in groups of four, as on paper. */
const grouped = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** The mail names an account that is not the supplier's verified one. */
export const bankAccount: Check = {
  id: 'changed-bank-account',
  techniques: [],
  run(context) {
    const supplier = concernedSupplier(context);
    const { ibans } = context.references;
    if (!supplier || ibans.length === 0) return [];
    const verified = supplier.bankAccounts.filter((account) => account.status === 'verified' && account.iban);
    return ibans.flatMap((iban): Finding[] => {
      if (verified.some((account) => account.iban === iban)) return [];
      const evidence = {
        iban: grouped(iban),
        supplier: supplier.name,
        verified: verified.map((account) => grouped(account.iban ?? '')),
      };
      if (verified.length === 0) {
        return [
          finding(
            'unverified-bank-account',
            25,
            `The mail names the account ${grouped(iban)}; no account of ${supplier.name} has been verified yet.`,
            evidence,
          ),
        ];
      }
      const explanation = `The mail names the account ${grouped(iban)}. The verified account of ${supplier.name} is another one: ${evidence.verified.join(', ')}.`;
      return [finding('changed-bank-account', 80, explanation, evidence)];
    });
  },
};
