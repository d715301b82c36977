import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { endingReputation } from '../../senders/endings.ts';
import { freeHosting } from '../../senders/hosting.ts';
import type { Check } from '../../types.ts';
import { linkFacts, ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';
import { luring } from './lure.ts';

/** A QR code takes the reader to his telephone, past the company's filters. */
export const qrCode: Check = {
  id: 'qr-link',
  techniques: [
    {
      id: 'qr-link',
      title: 'QR code that leads away',
      description:
        'The mail holds a QR code with a web address of somebody else than the sender. It is opened on a telephone, past the company’s protection; for payments and apps honest mails hold some too.',
      maxScore: 50,
    },
  ],
  run(context) {
    const codes = linkFacts(context).targets.filter(({ link }) => link.from === 'qr');
    return strongestOver(
      context,
      ({ link, target }) => {
        if (ofSender(context, target) || target.owners.length > 0 || target.service) return null;
        const bad =
          target.ip ||
          endingReputation(target.suffix) === 'abused' ||
          freeHosting(target.host, target.registrable, target.url.pathname) !== null ||
          luring(target);
        return finding(
          'qr-link',
          bad ? 50 : 22,
          `A QR code in this mail leads to ${defang(target.host)}, not to its sender.`,
          { link: defang(link.href) },
        );
      },
      codes,
    );
  },
};
