import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { accountsIn, type NamedAccount } from '../../money/named-accounts.ts';
import { concernOf } from '../../related.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { BankAccount, Check, CheckContext, Finding, Supplier } from '../../types.ts';
import { certaintyOf, readersOwn } from './whose-account.ts';

const masked = (account: BankAccount) => `…${(account.iban ?? account.accountNumber ?? '').slice(-4)}`;

/** The supplier to whom the account may belong: itself when it has it, else any other one's. */
function knownAs(context: CheckContext, key: string, supplier: Supplier | null) {
  const owned = compiledTenant(context.knowledge.tenant).accounts.get(key) ?? [];
  return owned.find((one) => one.supplier === supplier) ?? owned[0] ?? null;
}

const kinds = {
  shown: 'The mail',
  alternative: 'The mail’s plain text',
  hidden: 'A hidden text of the mail',
  attachment: 'An attachment',
} as const;

const placeOf = ({ places }: NamedAccount) =>
  (['shown', 'attachment', 'alternative', 'hidden'] as const).find((place) => places.has(place)) ?? 'shown';

function judge(context: CheckContext, supplier: Supplier, named: NamedAccount, most: number): Finding[] {
  const known = knownAs(context, named.key, supplier);
  const own = known?.supplier === supplier ? known.account : null;
  if (own?.status === 'verified') return [];
  const verified = supplier.bankAccounts.filter((account) => account.status === 'verified');
  const place = placeOf(named);
  const where = kinds[place];
  const evidence = {
    account: named.display,
    ...(named.kind === 'iban' ? { iban: named.display } : {}),
    supplier: supplier.name,
    place,
    verified: verified.map(masked),
  };
  const says = `${where} names the account ${named.display}`;
  if (known && !own && known.account.status === 'verified') {
    const explanation = `${says}, which belongs to another supplier (${known.supplier.name}), not to ${supplier.name}.`;
    return [
      finding('account-of-another-supplier', Math.min(most, verified.length > 0 ? 80 : 45), explanation, {
        ...evidence,
        belongsTo: known.supplier.name,
      }),
    ];
  }
  if (own?.status === 'superseded')
    return [
      finding(
        'superseded-bank-account',
        Math.min(most, 45),
        `${says}, which ${supplier.name} used in the past. It has been replaced.`,
        evidence,
      ),
    ];
  if (verified.length === 0)
    return [
      finding(
        'unverified-bank-account',
        25,
        `${says}; no account of ${supplier.name} has been verified yet.`,
        evidence,
      ),
    ];
  const waits = own?.status === 'proposed' ? ' It has been proposed, and nobody has verified it.' : '';
  const explanation = `${says}. The verified account of ${supplier.name} is another one: ${evidence.verified.join(', ')}.${waits}`;
  return [finding('changed-bank-account', most, explanation, evidence)];
}

/** The mail names an account that is not the supplier's verified one (decision 0009: that alone is malicious). */
export const bankAccount: Check = {
  id: 'bank-account',
  techniques: [
    {
      id: 'changed-bank-account',
      title: 'Bank account differs from the verified one',
      description:
        'The mail, its hidden text or an attachment names an account (IBAN, US routing and account number, UK sort code and account number) that is not the supplier’s verified one. A broken-into mailbox gets everything right but this.',
      maxScore: 80,
    },
    {
      id: 'account-of-another-supplier',
      title: 'Bank account of another supplier',
      description: 'The account that the mail names is the verified account of another supplier.',
      maxScore: 80,
    },
    {
      id: 'superseded-bank-account',
      title: 'Bank account that has been replaced',
      description:
        'The mail names an account that the supplier used before it was replaced by the verified one.',
      maxScore: 45,
    },
    {
      id: 'unverified-bank-account',
      title: 'Bank account that nobody has verified',
      description: 'The mail names an account of a supplier none of whose accounts has been verified yet.',
      maxScore: 25,
    },
    {
      id: 'stated-own-account',
      title: 'Account of the reader, or repeated from his own mail',
      description:
        'The account is not the supplier’s, but the mail calls it the reader’s own (a direct debit, a refund), or it stands in what is repeated of the tenant’s own mail.',
      maxScore: 15,
    },
  ],
  run(context) {
    const { supplier, tie } = concernOf(context);
    if (!supplier || tie === 'account') return [];
    const named = accountsIn(context);
    if (named.length === 0) return [];
    const most = certaintyOf(context, supplier, named);
    return named.slice(0, 10).flatMap((account): Finding[] => {
      const found = judge(context, supplier, account, most);
      if (found.length === 0 || !readersOwn(context, account)) return found;
      const explanation = `The mail names the account ${account.display} as your own, or repeats it from a mail that is said to be from ${defang(context.knowledge.tenant.ownDomains[0] ?? 'you')}.`;
      return [finding('stated-own-account', 15, explanation, { account: account.display })];
    });
  },
};
