import { bankChangeIn } from '../../money/bank-change.ts';
import type { NamedAccount } from '../../money/named-accounts.ts';
import { topicsOf } from '../../money/topics.ts';
import { fold } from '../../reading.ts';
import type { CheckContext } from '../../types.ts';

/** A direct debit or a refund: money moves between the supplier and an account that is the reader's. Folded, eight languages. */
const readers =
  /\b(?:(?:from|to|debit\w*|credit\w*|charge\w*) your (?:bank |company |business )?account|your (?:bank |company |business )?account (?:number )?(?:iban|ending|no)?|direct debit|sepa mandate|mandate|lastschrift\w*|sepa-mandat\w*|(?:von|auf) ihre[mn]? (?:bank|geschafts)?konto|ihr (?:bank|geschafts)?konto|einzug\w*|eingezogen|abgebucht|prelev\w+|votre compte(?: bancaire)?|adeudo\w*|domiciliaci\w+|su cuenta(?: bancaria)?|addebit\w+|(?:sul|dal) (?:vostro|suo) conto|vostro conto|incasso\w*|automatische incasso|uw (?:bank)?rekening|debito direto|sua conta|polecenie zaplaty)\b/;

const trustworthy = ({ knowledge, sender }: CheckContext) => {
  const authentication = knowledge.message.authentication;
  return sender.supplier !== null && authentication?.dmarc !== 'fail' && authentication?.spf !== 'fail';
};

/**
 * Whether an account is the reader's own: only an honest supplier's word counts, from its own domain, in what is shown, and
 * not when the mail announces another account.
 */
export function readersOwn(context: CheckContext, account: NamedAccount): boolean {
  if (!trustworthy(context) && !context.sender.own) return false;
  if (bankChangeIn(context.reading.shown, context.reading.folded)) return false;
  if (account.fromOwnQuote) return true;
  return account.places.has('shown') && readers.test(fold(account.lead));
}

/** Whether a mail that only mentions a supplier asks for money to go somewhere. */
export function asksForMoney(context: CheckContext): boolean {
  if (context.sender.own) return false;
  const topics = topicsOf(context);
  return topics.has('payment') && (topics.has('invoice') || topics.has('urgency'));
}
