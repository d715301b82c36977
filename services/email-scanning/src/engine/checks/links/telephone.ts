import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from '../sender/profile.ts';
import { linkFacts } from './facts.ts';

/** The mail wants to be called instead of clicked. */
export const telephone: Check = {
  id: 'telephone-link',
  techniques: [
    {
      id: 'telephone-lure',
      title: 'Number to call from a poser',
      description:
        'The mail offers a telephone number as a link, in a company’s name from a foreign address or from a free mail service, and has no link to a page: who calls is talked out of money.',
      maxScore: 25,
    },
  ],
  run(context) {
    const { other, web } = linkFacts(context);
    const calls = other.filter(({ href }) => /^\s*tel:/i.test(href));
    if (calls.length === 0 || context.message.list) return [];
    const { named, owners, freeMail, discussion } = senderProfile(context);
    const poses = named.some(({ brand }) => !owners.includes(brand));
    if (!poses && !(freeMail && web.length === 0 && !discussion)) return [];
    return [
      finding(
        'telephone-lure',
        poses ? 25 : 8,
        'The mail offers a number to call, from a sender who is not who he seems.',
        { number: calls[0]?.href.slice(4, 40) ?? '' },
      ),
    ];
  },
};
