import { type Brand, belongsTo } from '../../brands/index.ts';
import { mentions, wordsOf } from '../../brands/names.ts';
import { finding } from '../../finding.ts';
import { fold } from '../../reading.ts';
import type { Check, CheckContext } from '../../types.ts';
import { linkFacts, ofSender } from '../links/facts.ts';
import { senderProfile } from './profile.ts';

const wordsRead = 300;
const possessives = new Set(
  'your ihr ihre ihrem ihren ihres dein deine votre vos ton su tu sus il tuo suo la sua uw je jouw twoje twoj seu sua'.split(
    ' ',
  ),
);
/** What follows the name of a company that speaks of itself. */
const roles = new Set(
  'account accounts id team support security billing customer customers service services help helpdesk department center centre membership subscription wallet card bank konto kundenservice sicherheit kunden team compte client service securite cuenta cliente seguridad conto cliente assistenza account rekening klantenservice konto conta inc llc ltd corporation corp gmbh sa ag plc'.split(
    ' ',
  ),
);

interface Claim {
  /** Times that it speaks as the company, or to its customers. */
  spoken: number;
  weight: number;
}

/** How often, and how clearly, the text speaks as which company. */
function claims(words: readonly string[], subjectWords: number): Map<Brand, Claim> {
  const found = new Map<Brand, Claim>();
  for (const { brand, at, length } of mentions(words, wordsRead)) {
    const speaks = possessives.has(words[at - 1] ?? '') || roles.has(words[at + length] ?? '');
    // An ordinary word says something only with what a company says about itself.
    if (brand.common && !speaks) continue;
    const { spoken, weight } = found.get(brand) ?? { spoken: 0, weight: 0 };
    const subject = at < subjectWords && !brand.common ? 1 : 0;
    found.set(brand, { spoken: spoken + (speaks ? 1 : 0), weight: weight + subject + (speaks ? 1 : 0.25) });
  }
  return found;
}

function foreignLinks(context: CheckContext, brand: Brand) {
  const { targets } = linkFacts(context);
  const toBrand = targets.some(({ target }) => target.owners.includes(brand));
  const foreign = targets.filter(
    ({ target }) => !target.service && !ofSender(context, target) && !target.owners.length,
  );
  return { toBrand, foreign: foreign.length };
}

/** The text speaks as a well-known company, the sender is somebody else and leads somewhere else. */
export const brandClaim: Check = {
  id: 'brand-claim',
  techniques: [
    {
      id: 'brand-claimed-in-text',
      title: 'Speaks as a well-known company',
      description:
        'Subject and text speak in the name of a well-known company (“your … account”, “… Security Team”), but neither the sender nor any link belongs to it.',
      maxScore: 42,
    },
  ],
  run(context) {
    const { sender, message, reading } = context;
    const profile = senderProfile(context);
    if (!sender.domain || sender.own || sender.supplier || profile.discussion) return [];
    const subjectWords = wordsOf(fold(message.subject ?? '')).length;
    const found = [...claims(reading.words, subjectWords)].sort(([, a], [, b]) => b.weight - a.weight)[0];
    if (!found) return [];
    const [brand, { spoken, weight }] = found;
    if (spoken === 0 || weight < 2 || belongsTo(sender.registrable, brand)) return [];
    const { toBrand, foreign } = foreignLinks(context, brand);
    const carries = message.attachments.some(({ inline }) => !inline);
    if (toBrand ? foreign === 0 : foreign === 0 && !carries) return [];
    const score = (weight >= 3 ? 42 : 30) - (toBrand ? 15 : 0) - (foreign === 0 ? 12 : 0);
    const explanation = `The mail speaks in the name of ${brand.name}, but neither its sender nor where it leads is ${brand.name}’s.`;
    return [finding('brand-claimed-in-text', score, explanation, { brand: brand.name })];
  },
};
