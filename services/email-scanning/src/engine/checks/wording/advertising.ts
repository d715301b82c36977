import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import type { Concept } from '../../wording/concepts.ts';
import { wordingOf } from '../../wording/wording.ts';
import { type Topic, topics } from './advertising-topics.ts';
import { circumstancesOf } from './circumstances.ts';

/** A long text mentions many things: so many words are needed for each mention to count in full. */
const wordsPerMention = 60;

/** How selling is done: each makes a topic weigh more. */
const manners: readonly Concept[] = ['sales-pitch', 'not-spam', 'click-demand', 'generic-greeting'];

function advertisingFor({ concept, what, each, max }: Topic): Check {
  const id = `advertises-${concept}`;
  return {
    id,
    techniques: [
      {
        id,
        title: `Advertises ${what}`,
        description: `Speaks of ${what} in the words of unasked-for advertising. One mention says little; several together, with the usual pressing to buy, say much.`,
        maxScore: max,
      },
    ],
    run(context) {
      const wording = wordingOf(context);
      const mentions = wording.at(concept).length;
      if (mentions === 0) return [];
      const { answers, weight, words } = circumstancesOf(context);
      const dense = Math.min(1, (mentions * wordsPerMention) / Math.max(words, 1));
      const manner = wording.count(...manners);
      if (answers && mentions < 3) return [];
      const points = Math.min(
        max,
        each * Math.min(mentions, 4) * (0.5 + 0.5 * dense) + 3 * manner * Math.min(1, mentions / 2),
      );
      const score = Math.round(points * weight);
      if (score < 5) return [];
      return [
        finding(id, score, `The mail advertises ${what} in the words of unasked-for advertising.`, {
          speaksOf: wording.passages(concept, ...manners),
        }),
      ];
    },
  };
}

/** One check for each thing that is advertised by unasked-for mail. */
export const advertising: readonly Check[] = topics.map(advertisingFor);
