import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { mailServices } from '../../senders/services.ts';
import type { Check } from '../../types.ts';

/** The Sender header names somebody else than From. */
export const senderHeader: Check = {
  id: 'sender-header',
  techniques: [
    {
      id: 'sender-header-mismatch',
      title: 'Sent on somebody’s behalf',
      description:
        'The Sender header is at another domain than From: somebody sent it on behalf of the one who is shown. Lists and services do so too.',
      maxScore: 8,
    },
  ],
  run({ message, sender }) {
    const by = registrable(domainOf(message.sender?.address));
    if (!by || !sender.registrable || by === sender.registrable || message.list || mailServices.has(by))
      return [];
    const explanation = `The mail says it is from ${defang(sender.registrable)}, but ${defang(by)} sent it on its behalf.`;
    return [
      finding('sender-header-mismatch', 8, explanation, {
        sender: defang(by),
        from: defang(sender.registrable),
      }),
    ];
  },
};
