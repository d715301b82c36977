import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { disguisedWords } from '../../wording/disguise.ts';
import { wordingOfWords } from '../../wording/wording.ts';

const telling = [
  'pharmacy',
  'adult',
  'casino',
  'loan',
  'replica',
  'weight-loss',
  'sales-pitch',
  'account-threat',
  'prize',
  'dating',
] as const;

/** Words written so that people read them and filters do not: `v1agra`, `c.i.a.l.i.s`, letters of two scripts in one word. */
export const disguised: Check = {
  id: 'disguised-words',
  techniques: [
    {
      id: 'disguised-words',
      title: 'Hides words from filters',
      description:
        'Words with digits or signs for letters, with dots between all letters, or of letters from two scripts that look alike. What advertises or threatens in such words means to pass a filter.',
      maxScore: 45,
    },
  ],
  run({ message, reading }) {
    const found = disguisedWords(reading.shown.slice(0, 20_000));
    if (found.length === 0) return [];
    const plain = wordingOfWords(found.map(({ plain }) => plain));
    const says = plain.count(...telling) > 0;
    const mixed = found.filter(({ how }) => how === 'scripts').length;
    if (!says && mixed < 2) return [];
    const answers = message.inReplyTo !== null;
    const score =
      Math.min(45, (says ? 25 : 10) + Math.min(15, 4 * mixed) + Math.min(10, found.length)) *
      (answers ? 0.5 : 1);
    return [
      finding('disguised-words', Math.round(score), 'Words are written so that filters cannot read them.', {
        words: found.slice(0, 8).map(({ written }) => written.slice(0, 40)),
      }),
    ];
  },
};
