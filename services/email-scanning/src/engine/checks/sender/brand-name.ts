import { lureWords } from '../../brands/lure-words.ts';
import type { Mention } from '../../brands/names.ts';
import { defang, defangText } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { endingReputation } from '../../senders/endings.ts';
import type { Check, CheckContext } from '../../types.ts';
import { linkFacts } from '../links/facts.ts';
import { type SenderProfile, senderProfile } from './profile.ts';

/** Words that come with a name without changing whose it is. */
const fillers = new Set([
  'com',
  'inc',
  'llc',
  'ltd',
  'gmbh',
  'ag',
  'the',
  'no',
  'reply',
  'noreply',
  'de',
  'uk',
  'co',
  'us',
  'international',
  'global',
  'news',
  'newsletter',
]);

/** How much of the name is the brand's: all of it, with a word such as “Security”, or among other words. */
function claimed({ nameWords }: SenderProfile, { at, length, brand }: Mention): 'only' | 'lure' | 'among' {
  const others = nameWords.filter((_, nth) => nth < at || nth >= at + length);
  if (others.every((word) => fillers.has(word))) return 'only';
  if (others.every((word) => fillers.has(word) || lureWords.has(word) || /^\d+$/.test(word))) return 'lure';
  return !brand.common && others.some((word) => lureWords.has(word)) && others.length <= 4 ? 'lure' : 'among';
}

function scoreOf(context: CheckContext, profile: SenderProfile, mention: Mention): number {
  const how = claimed(profile, mention);
  if (mention.brand.common && how !== 'lure') return how === 'only' && !profile.freeMail ? 15 : 0;
  if (how === 'among') return 12;
  const { web } = linkFacts(context);
  // Who sends people to the brand's own pages gains nothing by its name: a partner, a service that sends for it.
  if (web.length > 0 && web.every(({ target }) => target.owners.includes(mention.brand))) return 18;
  const cheap = profile.freeMail || profile.freeHost || profile.disposable;
  return cheap || endingReputation(context.sender.domain?.split('.').pop() ?? null) === 'abused' ? 65 : 50;
}

/** The sender calls himself as a well-known company does, from a domain that is none of its. */
export const brandName: Check = {
  id: 'brand-name',
  techniques: [
    {
      id: 'brand-impersonation',
      title: 'Name of a well-known company',
      description:
        'The display name is that of a well-known company or authority, also in other letters, but the address is at no domain of it. Mail programs often show the name alone.',
      maxScore: 65,
    },
  ],
  run(context) {
    const { sender, message } = context;
    const profile = senderProfile(context);
    const [mention] = profile.named;
    if (!mention || !sender.domain || sender.own || sender.supplier || message.list) return [];
    if (profile.named.some(({ brand }) => profile.owners.includes(brand))) return [];
    const score = scoreOf(context, profile, mention);
    if (score === 0) return [];
    const { name, domains } = mention.brand;
    const explanation = `The sender calls himself “${defangText(message.from?.name ?? '')}”, but ${defang(sender.domain)} is no domain of ${name}.`;
    return [
      finding('brand-impersonation', score, explanation, {
        brand: name,
        senderDomain: defang(sender.domain),
        genuine: defang(domains[0] ?? ''),
      }),
    ];
  },
};
