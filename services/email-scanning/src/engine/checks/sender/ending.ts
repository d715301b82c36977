import { getPublicSuffix } from 'tldts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { endingReputation } from '../../senders/endings.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Where the sender's name was bought. */
export const senderEnding: Check = {
  id: 'sender-ending',
  techniques: [
    {
      id: 'suspicious-sender-tld',
      title: 'Sender under a much abused ending',
      description:
        'The sender’s domain is under an ending of which a large part is abused, because names there cost next to nothing.',
      maxScore: 18,
      source: 'Interisle, Phishing Landscape 2023 and 2024; Spamhaus, Domain Reputation Updates 2023–2025',
    },
  ],
  run(context) {
    const { sender, message } = context;
    if (!sender.domain || message.list || sender.own || sender.supplier) return [];
    const suffix = getPublicSuffix(sender.domain);
    const reputation = endingReputation(suffix);
    if (!reputation || senderProfile(context).owners.length > 0) return [];
    const explanation = `The sender’s domain ${defang(sender.domain)} ends in .${suffix}, under which many names are bought for fraud.`;
    return [
      finding('suspicious-sender-tld', reputation === 'abused' ? 18 : 8, explanation, {
        senderDomain: defang(sender.domain),
      }),
    ];
  },
};
