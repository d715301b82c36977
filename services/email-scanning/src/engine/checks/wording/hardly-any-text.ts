import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { circumstancesOf } from './circumstances.ts';

const fewLetters = 160;
const web = /^https?:\/\//i;
const letters = /[\p{L}\p{N}]+/gu;
/** Letters and figures. */
function countOf(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(letters)) count += [...run].length;
  return count;
}

/** What is said stands in a picture, or there is a link and nothing else: so filters have nothing to read. */
export const hardlyAnyText: Check = {
  id: 'hardly-any-text',
  techniques: [
    {
      id: 'image-only',
      title: 'Says everything in a picture',
      description:
        'Hardly any text, but pictures that lead somewhere when clicked. Text in pictures is not read by filters. Newsletters have both.',
      maxScore: 30,
    },
    {
      id: 'link-only',
      title: 'Consists of a link',
      description: 'A link and hardly any words that would say what it is for.',
      maxScore: 25,
    },
  ],
  run(context) {
    const { message } = context;
    const { links, answers, leadsHome, weight } = circumstancesOf(context);
    if (links === 0 || answers) return [];
    const text = (message.htmlText || message.text).slice(0, 5_000).replace(/\bhttps?:\/\/\S+/gi, '');
    const count = countOf(text);
    if (count > fewLetters) return [];
    const pictures =
      message.html?.images.filter(
        ({ linked, width, height }) => linked && (width ?? 99) > 20 && (height ?? 99) > 20,
      ) ?? [];
    const home = leadsHome ? 10 : 0;
    const weigh = (score: number) => Math.max(5, Math.round((score - home) * weight));
    if (pictures.length > 0) {
      const loaded = pictures.some(({ src }) => web.test(src)) ? 4 : 0;
      const score = weigh((count < 40 ? 24 : 18) + loaded);
      return [
        finding(
          'image-only',
          score,
          'The mail says everything in a picture that leads somewhere when it is clicked.',
          {
            letters: count,
            pictures: pictures.length,
          },
        ),
      ];
    }
    if (count > 40) return [];
    return [
      finding(
        'link-only',
        weigh(message.hasHtml ? (count < 20 ? 22 : 14) : 8),
        'The mail is a link and hardly anything else.',
        {
          letters: count,
        },
      ),
    ];
  },
};
