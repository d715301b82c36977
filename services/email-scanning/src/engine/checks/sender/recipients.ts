import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** To whom it is addressed: nobody, or its own sender, with the real recipients hidden. */
export const recipients: Check = {
  id: 'recipients',
  techniques: [
    {
      id: 'undisclosed-recipients',
      title: 'Recipients hidden',
      description: 'The mail names no recipient: it went to many at once, and nobody sees to whom.',
      maxScore: 6,
    },
    {
      id: 'self-addressed',
      title: 'Addressed to its own sender',
      description:
        'The mail is addressed to the one who sent it, and went to its real recipients unseen (Bcc), as bulk mail from a taken-over mailbox does.',
      maxScore: 14,
    },
  ],
  run(context) {
    const { message, envelope, sender } = context;
    if (message.list || message.headerNames.length < 4) return [];
    const shown = [...message.to, ...message.cc].filter(({ address }) => address.includes('@'));
    if (shown.length === 0)
      return [finding('undisclosed-recipients', 6, 'The mail hides to whom it was sent.')];
    const from = message.from?.address;
    if (!from || shown.some(({ address }) => address !== from) || senderProfile(context).discussion)
      return [];
    const [recipient] = envelope.to ?? [];
    // A note to oneself.
    if (
      sender.own ||
      (recipient && (recipient.toLowerCase() === from || domainOf(recipient) === sender.domain))
    )
      return [];
    return [
      finding(
        'self-addressed',
        14,
        'The mail is addressed to its own sender: to whom it really went is hidden.',
      ),
    ];
  },
};
