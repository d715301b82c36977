import { finding } from '../../finding.ts';
import { fold } from '../../reading.ts';
import type { Check } from '../../types.ts';

const word = /[\p{L}\p{N}]{4,}/gu;
/** As much as tells whether both speak of the same. */
const maxCharacters = 2_500;
const maxWords = 500;
const enoughWords = 25;

/** The two forms of a mail that should say the same. */
export const alternatives: Check = {
  id: 'alternatives',
  techniques: [
    {
      id: 'alternatives-differ',
      title: 'Plain text that says something else',
      description:
        'The mail’s plain text, which filters read, has hardly a word in common with the page, which people see.',
      maxScore: 15,
    },
  ],
  run({ message: { hasHtml, text, partTypes }, reading: { words } }) {
    if (!hasHtml || text.length < 200 || !partTypes.includes('text/plain')) return [];
    const plain = new Set(fold(text.slice(0, maxCharacters)).match(word) ?? []);
    const shown = new Set<string>();
    for (const one of words.slice(0, maxWords)) if (one.length >= 4) shown.add(one);
    if (plain.size < enoughWords || shown.size < enoughWords) return [];
    let common = 0;
    for (const one of plain) if (shown.has(one)) common++;
    if (common > Math.min(shown.size, plain.size) * 0.15) return [];
    const explanation = 'The plain text of the mail says something else than the page that is shown.';
    return [finding('alternatives-differ', 15, explanation)];
  },
};
