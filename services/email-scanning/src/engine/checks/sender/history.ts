import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Whether the sender has written before. */
export const senderHistory: Check = {
  id: 'sender-history',
  techniques: [
    {
      id: 'first-time-sender',
      title: 'Never wrote before',
      description:
        'No earlier mail from this address or domain was judged clean. Everybody writes for a first time: by itself it says nothing, with a claim to be somebody it says more.',
      maxScore: 10,
    },
    {
      id: 'known-sender',
      title: 'Has written before',
      description:
        'Earlier mails from this address were judged clean. It weighs nothing: mailboxes are taken over.',
      maxScore: 0,
    },
  ],
  run(context) {
    const { history } = context.knowledge.message;
    const { sender, message } = context;
    if (!history || !sender.domain || sender.own || message.list) return [];
    const who = defang(message.from?.address ?? sender.domain);
    if (history.fromAddressSeen > 0)
      return [
        finding('known-sender', 0, `${who} has written ${history.fromAddressSeen} times before.`, {
          seen: history.fromAddressSeen,
        }),
      ];
    const { freeMail, named } = senderProfile(context);
    const domainKnown = history.fromDomainSeen > 0 && !freeMail;
    const poses = named.length > 0 || sender.impersonated !== null;
    const score = domainKnown ? 0 : poses ? 10 : 2;
    const explanation = domainKnown
      ? `${who} writes for the first time; others of its domain have written before.`
      : `${who} writes for the first time.`;
    return [finding('first-time-sender', score, explanation, { fromDomainSeen: history.fromDomainSeen })];
  },
};
