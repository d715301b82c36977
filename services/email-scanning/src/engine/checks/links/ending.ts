import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { endingReputation } from '../../senders/endings.ts';
import type { Check } from '../../types.ts';
import { ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';

/** Where a link's name was bought. */
export const linkEnding: Check = {
  id: 'link-ending',
  techniques: [
    {
      id: 'suspicious-tld-link',
      title: 'Link under a much abused ending',
      description:
        'A link leads to a domain under an ending of which a large part is abused, because names there cost next to nothing.',
      maxScore: 22,
      source: 'Interisle, Phishing Landscape 2023 and 2024; Spamhaus, Domain Reputation Updates 2023–2025',
    },
  ],
  run(context) {
    return strongestOver(context, ({ link, target }) => {
      const reputation = endingReputation(target.suffix);
      if (!reputation || target.ip || target.owners.length > 0 || target.service) return null;
      const own = ofSender(context, target);
      const score =
        (reputation === 'abused' ? (own ? 14 : 22) : own ? 5 : 10) -
        (context.message.list || link.from === 'text' ? 5 : 0);
      const explanation = `A link leads to ${defang(target.host)}: under .${target.suffix} many names are bought for fraud.`;
      return finding('suspicious-tld-link', score, explanation, { link: defang(link.href) });
    });
  },
};
