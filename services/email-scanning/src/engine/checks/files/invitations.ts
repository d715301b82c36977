import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { found } from './found.ts';

/** Invitations put themselves into calendars; one from somebody else than the mail may be forged. */
export const invitations: Check = {
  id: 'invitations',
  techniques: [
    {
      id: 'foreign-invitation',
      title: 'Invitation of somebody else',
      description:
        'An invitation with a link names another organizer than the sender, as forged ones do, and some services.',
      maxScore: 12,
    },
  ],
  run({ message, sender }) {
    const hit = found(message, 'calendar-organizer').find(
      ({ attachment }) => attachment.facts.urls.length > 0,
    );
    const organizer = registrable(domainOf(hit?.sign.detail));
    if (!organizer || !sender.registrable || organizer === sender.registrable) return [];
    const explanation = `The mail brings an invitation of ${defang(organizer)} with a link, but comes from ${defang(sender.registrable)}.`;
    return [finding('foreign-invitation', 12, explanation, { organizer: defang(organizer) })];
  },
};
