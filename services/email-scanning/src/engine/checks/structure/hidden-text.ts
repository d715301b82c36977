import { finding } from '../../finding.ts';
import { fold } from '../../reading.ts';
import type { Check } from '../../types.ts';

/** A newsletter's preview line, which is hidden in the mail and shown in the list of mails, is not longer. */
const previewLength = 400;
const much = 1_500;
const word = /[\p{L}\p{N}]{4,}/gu;
const maxWords = 2_000;

/** The share of the hidden words that are also shown: what is there twice, for phones, deceives nobody. */
function shownShare(hidden: string, words: ReadonlySet<string>): number {
  const distinct = new Set((fold(hidden.slice(0, 20_000)).match(word) ?? []).slice(0, maxWords));
  if (distinct.size === 0) return 1;
  let shown = 0;
  for (const one of distinct) if (words.has(one)) shown++;
  return shown / distinct.size;
}

/** Text that filters read and people do not see. */
export const hiddenText: Check = {
  id: 'hidden-text',
  techniques: [
    {
      id: 'hidden-text',
      title: 'Much hidden text',
      description:
        'The mail holds much text that is not on the screen (display, size, colour, place) and is not what is shown: it is there to make filters think of something else.',
      maxScore: 40,
    },
  ],
  run({ message: { hiddenText: hidden, html }, reading: { words } }) {
    if (!html || html.hiddenCharacters < previewLength) return [];
    const share = shownShare(hidden, new Set(words));
    if (share > 0.5) return [];
    const evidence = { hiddenCharacters: html.hiddenCharacters, shownCharacters: html.visibleCharacters };
    const outweighs = html.hiddenCharacters > 2 * html.visibleCharacters;
    const score = html.hiddenCharacters < much ? 12 : outweighs ? 40 : 25;
    const explanation = `The mail holds ${html.hiddenCharacters} characters of text that the reader does not see, and that is not the text he sees.`;
    return [finding('hidden-text', score, explanation, evidence)];
  },
};
