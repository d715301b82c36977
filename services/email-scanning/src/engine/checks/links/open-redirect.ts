import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { linkFacts, ofSender } from './facts.ts';
import { strongestOver } from './judged.ts';

/** A link uses somebody's good name to lead somewhere else. */
export const openRedirect: Check = {
  id: 'open-redirect',
  techniques: [
    {
      id: 'open-redirect',
      title: 'Link through somebody else’s redirect',
      description:
        'A link begins at a well-known site (a search engine, an advertising service) that sends everybody on to the address in its parameters. Its good name hides the target.',
      maxScore: 35,
    },
  ],
  run(context) {
    return strongestOver(
      context,
      ({ link, place, target, via }) => {
        if (via !== 'redirector' && via !== 'parameter') return null;
        if (context.message.list || place.service || ofSender(context, place) || ofSender(context, target))
          return null;
        const left = target.registrable ?? target.host;
        if (left === place.registrable || target.owners.some((owner) => place.owners.includes(owner)))
          return null;
        // An unknown page with an address in its parameters: many count clicks, share or sign in so.
        const known = via === 'redirector';
        const score = !known ? 8 : target.owners.length > 0 ? 8 : 35;
        const explanation = `A link begins at ${defang(place.host)} but sends the reader on to ${defang(target.host)}.`;
        return finding('open-redirect', score, explanation, {
          link: defang(link.href),
          target: defang(target.url.href),
        });
      },
      linkFacts(context).web,
    );
  },
};
