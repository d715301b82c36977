import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** An address that lives for minutes. */
export const disposableSender: Check = {
  id: 'disposable-sender',
  techniques: [
    {
      id: 'disposable-sender',
      title: 'Throw-away address',
      description: 'The sender’s address is at a service that gives out addresses for minutes.',
      maxScore: 18,
      source: 'https://github.com/ivolo/disposable-email-domains (MIT)',
    },
  ],
  run(context) {
    const { sender, message } = context;
    if (!sender.domain || message.list || sender.own || sender.supplier) return [];
    const { disposable, owners } = senderProfile(context);
    if (!disposable || owners.length > 0) return [];
    const explanation = `The sender’s domain ${defang(sender.domain)} is on a list of services for throw-away addresses.`;
    return [finding('disposable-sender', 18, explanation, { senderDomain: defang(sender.domain) })];
  },
};
