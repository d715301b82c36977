import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import type { Concept } from '../../wording/concepts.ts';
import { wordingOf } from '../../wording/wording.ts';
import { circumstancesOf } from './circumstances.ts';

const money: readonly Concept[] = ['fund-offer', 'inheritance', 'lottery', 'donation'];
const manner: readonly Concept[] = ['partner-wanted', 'secrecy'];

/** Mentions of the money and of the manner that still make it surer. */
const enough = 8;

/** Great sums for a stranger: inheritances, lotteries, donations, funds to be moved abroad, for which first a fee is due. */
export const advanceFee: Check = {
  id: 'advance-fee-fraud',
  techniques: [
    {
      id: 'advance-fee-fraud',
      title: 'Promises a fortune to a stranger',
      description:
        'An inheritance, a lottery, a donation or a fund of millions for somebody who never asked, told as such letters are told. In the end a fee is due.',
      maxScore: 75,
    },
  ],
  run(context) {
    const wording = wordingOf(context);
    const kinds = wording.count(...money);
    if (kinds === 0 || kinds + wording.count(...manner) < 2) return [];
    const { freeMail, answersToFreeMail, weight } = circumstancesOf(context);
    const mentions = [...money, ...manner].reduce((sum, concept) => sum + wording.at(concept).length, 0);
    if (mentions < 3) return [];
    const points =
      6 * Math.min(mentions, enough) +
      8 * (kinds - 1) +
      (wording.has('partner-wanted') ? 6 : -6) +
      (freeMail || answersToFreeMail ? 10 : 0);
    const score = Math.round(Math.min(75, points) * weight);
    if (score < 8) return [];
    const explanation =
      'The mail promises a stranger a large sum of money. Such letters end with a fee to be paid first.';
    return [
      finding('advance-fee-fraud', score, explanation, { speaksOf: wording.passages(...money, ...manner) }),
    ];
  },
};
