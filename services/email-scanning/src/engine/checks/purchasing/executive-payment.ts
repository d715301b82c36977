import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { accountsIn } from '../../money/named-accounts.ts';
import { topicsOf } from '../../money/topics.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext } from '../../types.ts';

/** Whose name of the tenant's people the sender has without being him; null when he may be. */
function posesAs({ message, sender, knowledge }: CheckContext) {
  // People of two companies may have the same name.
  if (sender.supplier) return null;
  const user = compiledTenant(knowledge.tenant).userNamed(message.from?.name ?? '');
  if (!user || user.email.toLowerCase() === message.from?.address) {
    const failed = knowledge.message.authentication?.dmarc === 'fail';
    return user && failed ? { user, how: 'the mail was sent by somebody else' } : null;
  }
  if (!sender.own) return { user, how: `the address is at ${defang(sender.domain ?? '')}` };
  return null;
}

/** Somebody in a colleague's name wants money to be sent. */
export const executivePayment: Check = {
  id: 'executive-payment',
  techniques: [
    {
      id: 'colleague-asks-for-payment',
      title: 'Payment asked for in a colleague’s name',
      description:
        'The display name is that of one of the tenant’s people, the address is not, and the mail wants a payment made, gift cards bought, or an account used.',
      maxScore: 80,
    },
  ],
  run(context) {
    if (context.knowledge.tenant.users.length === 0) return [];
    const posed = posesAs(context);
    if (!posed) return [];
    const topics = topicsOf(context);
    const account = accountsIn(context).length > 0;
    if (!topics.has('payment') && !topics.has('irrevocable') && !account) return [];
    const pressing = [
      account,
      topics.has('urgency'),
      topics.has('secrecy'),
      topics.has('irrevocable'),
      context.message.replyTo.some(({ address }) => domainOf(address) !== context.sender.domain),
    ].filter(Boolean).length;
    // Two companies may each have an Anna Schmidt; at free mail it is rarely the other one.
    const likely =
      account || topics.has('irrevocable') || context.sender.own || freeMail.has(context.sender.domain ?? '');
    const score = pressing === 0 ? 38 : likely ? 80 : 55;
    const explanation = `The mail asks for money in the name of ${posed.user.name}, but ${posed.how}. Ask ${posed.user.name} in person.`;
    return [finding('colleague-asks-for-payment', score, explanation, { name: posed.user.name })];
  },
};
