import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { looksRandom } from '../../senders/random-name.ts';
import { mailServices } from '../../senders/services.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Nobody chose the sender's name: a program drew it. */
export const randomSender: Check = {
  id: 'random-sender',
  techniques: [
    {
      id: 'random-sender',
      title: 'Sender’s address made at random',
      description:
        'The sender’s mailbox or domain is a row of letters and digits such as programs make, many at a time.',
      maxScore: 22,
    },
  ],
  run(context) {
    const { sender, message } = context;
    const { local, owners } = senderProfile(context);
    if (!sender.domain || owners.length > 0 || message.list || mailServices.has(sender.registrable ?? ''))
      return [];
    // Names with a plus or an equals sign are made for each answer on purpose.
    const mailbox = !/[+=]/.test(local) && looksRandom(local);
    const label = sender.registrable?.split('.')[0] ?? '';
    const domain = !label.startsWith('xn--') && looksRandom(label);
    if (!mailbox && !domain) return [];
    const explanation = `The sender’s address ${defang(message.from?.address ?? '')} looks as if a program had made it up.`;
    return [
      finding('random-sender', mailbox && domain ? 22 : domain ? 15 : 12, explanation, {
        address: defang(message.from?.address ?? ''),
      }),
    ];
  },
};
