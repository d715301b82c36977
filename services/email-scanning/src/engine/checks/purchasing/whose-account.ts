import { bankChangeIn } from '../../money/bank-change.ts';
import type { NamedAccount } from '../../money/named-accounts.ts';
import { isGenuine } from '../../ordinary-business.ts';
import { fold } from '../../reading.ts';
import { concernOf } from '../../related.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { CheckContext, Supplier } from '../../types.ts';

/** A direct debit or a refund: money moves between the supplier and an account that is the reader's. Folded, eight languages. */
const readers =
  /\b(?:(?:from|to|debit\w*|credit\w*|charge\w*) your (?:bank |company |business )?account|your (?:bank |company |business )?account (?:number )?(?:iban|ending|no)?|direct debit|sepa mandate|mandate|lastschrift\w*|sepa-mandat\w*|(?:von|auf) ihre[mn]? (?:bank|geschafts)?konto|ihr (?:bank|geschafts)?konto|einzug\w*|eingezogen|abgebucht|prelev\w+|votre compte(?: bancaire)?|adeudo\w*|domiciliaci\w+|su cuenta(?: bancaria)?|addebit\w+|(?:sul|dal) (?:vostro|suo) conto|vostro conto|incasso\w*|automatische incasso|uw (?:bank)?rekening|debito direto|sua conta|polecenie zaplaty)\b/;

/**
 * Whether an account is the reader's own: only an honest supplier's word counts, from its own domain, in what is shown, and
 * not when the mail announces another account.
 */
export function readersOwn(context: CheckContext, account: NamedAccount): boolean {
  if (!isGenuine(context)) return false;
  if (bankChangeIn(context.reading.shown, context.reading.folded)) return false;
  if (account.fromOwnQuote) return true;
  return account.places.has('shown') && readers.test(fold(account.lead));
}

/** Payment advice of a bank, a colleague's question: strange accounts in them are seldom a trick. */
const seldom = 35;
const surely = 80;
const probably = 60;

/**
 * How sure an account that is not the supplier's makes us (0–100), by how the mail is tied to him. Who writes as the supplier has
 * no reason to name another one (decision 0009). Others may name his verified account beside one of their own.
 */
export function certaintyOf(
  context: CheckContext,
  supplier: Supplier,
  named: readonly NamedAccount[],
): number {
  const { tie } = concernOf(context);
  if (tie === 'sender' || tie === 'imitation' || tie === 'name') return surely;
  if (context.sender.own && isGenuine(context)) return seldom;
  if (bankChangeIn(context.reading.shown, context.reading.folded)) return tie === 'order' ? surely : probably;
  const accounts = compiledTenant(context.knowledge.tenant).accounts;
  const besideVerified = named.some(({ key }) =>
    accounts.get(key)?.some((owned) => owned.supplier === supplier && owned.account.status === 'verified'),
  );
  return tie === 'order' && !besideVerified ? surely : seldom;
}
