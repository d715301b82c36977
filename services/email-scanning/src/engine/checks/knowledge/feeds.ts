import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check, IndicatorHit } from '../../types.ts';

/** How sure a hit is: one page or file is known itself; on a host or address others may be honest. */
const scores: Record<IndicatorHit['kind'], number> = { url: 90, sha256: 90, domain: 75, host: 70, ip: 60 };
const names: Record<IndicatorHit['kind'], string> = {
  url: 'The link',
  sha256: 'A file of this mail (SHA-256)',
  domain: 'The domain',
  host: 'The host',
  ip: 'The address',
};

/** What of the mail is in a threat feed. */
export const feeds: Check = {
  id: 'threat-feeds',
  techniques: [
    {
      id: 'known-threat',
      title: 'In a threat feed',
      description:
        'A link, host, file or address of the mail is listed in a threat feed as used for attacks.',
      maxScore: 90,
    },
  ],
  run({ knowledge }) {
    return knowledge.message.indicators.slice(0, 20).map(({ feed, kind, value }) => {
      const shown = kind === 'sha256' ? value : defang(value);
      return finding(
        'known-threat',
        scores[kind],
        `${names[kind]} ${shown} is listed in the threat feed “${feed}”.`,
        { feed, kind, value: shown },
      );
    });
  },
};
