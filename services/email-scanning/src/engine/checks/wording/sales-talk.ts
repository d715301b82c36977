import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { wordingOf } from '../../wording/wording.ts';
import { circumstancesOf } from './circumstances.ts';

/** Presses to buy, in one phrase after another. Shops' newsletters do too, so it stays weak. */
export const salesTalk: Check = {
  id: 'sales-talk',
  techniques: [
    {
      id: 'sales-talk',
      title: 'Presses to buy',
      description:
        'Many phrases of pressing sale (act now, free, risk free, guaranteed) in a short text; more so when it leads to other domains than the sender’s.',
      maxScore: 24,
    },
    {
      id: 'claims-not-to-be-spam',
      title: 'Says that it is not spam',
      description:
        'Asserts that it was asked for, is lawful or no spam, or asks to answer in order to be taken off a list, as unasked-for mail does.',
      maxScore: 18,
    },
  ],
  run(context) {
    const wording = wordingOf(context);
    const { answers, weight, words, leadsAway, leadsHome } = circumstancesOf(context);
    if (answers) return [];
    const pitches = wording.at('sales-pitch').length;
    const claims = wording.at('not-spam').length;
    const dense = Math.min(1, (pitches * 40) / Math.max(words, 1));
    const elsewhere = leadsAway && !leadsHome && pitches > 2 ? 6 : 0;
    const pitched = Math.round((Math.min(18, 3 * pitches) * dense + elsewhere) * weight);
    const claimed = Math.round(Math.min(18, 5 * claims) * weight);
    return [
      ...(pitched < 5
        ? []
        : [finding('sales-talk', pitched, 'The mail presses to buy, in one phrase after another.')]),
      ...(claimed < 8
        ? []
        : [
            finding(
              'claims-not-to-be-spam',
              claimed,
              'The mail insists that it is lawful, asked for or not spam.',
              {
                speaksOf: wording.passages('not-spam'),
              },
            ),
          ]),
    ];
  },
};
