import { ownersOf } from '../../brands/index.ts';
import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { mailServices } from '../../senders/services.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Answers go to another domain than the mail comes from. By itself common (lists do it), so it weighs little. */
export const replyTo: Check = {
  id: 'reply-to-mismatch',
  techniques: [
    {
      id: 'reply-to-mismatch',
      title: 'Answers go elsewhere',
      description:
        'The Reply-To address is at another domain than the sender’s. Lists and services do so too: it weighs more when answers go to a free mail service, or the sender poses as somebody.',
      maxScore: 30,
    },
  ],
  run(context) {
    const { message, sender } = context;
    const target = registrable(domainOf(message.replyTo[0]?.address));
    if (!target || !sender.registrable || target === sender.registrable) return [];
    if (message.list || mailServices.has(target)) return [];
    if (ownersOf(target).some((owner) => ownersOf(sender.registrable).includes(owner))) return [];
    const { freeMail: fromFree, named, owners, discussion } = senderProfile(context);
    const toFree = freeMail.has(target);
    const poses =
      sender.supplier !== null ||
      sender.impersonated !== null ||
      named.length > 0 ||
      (owners.length > 0 && toFree && !fromFree);
    // Between two free mail services: a second mailbox of the same scheme, or a person with two.
    const score = poses
      ? 30
      : toFree && !fromFree
        ? discussion
          ? 8
          : 18
        : toFree
          ? discussion
            ? 4
            : 12
          : 5;
    const explanation = `Answers to this mail go to ${defang(target)}, not to ${defang(sender.registrable)}, where it says it comes from.`;
    return [
      finding('reply-to-mismatch', score, explanation, {
        replyTo: defang(target),
        from: defang(sender.registrable),
      }),
    ];
  },
};
