import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

const minLetters = 12;

/** The subject is in capitals, or ends in a row of exclamation marks or the like. */
export const shouting: Check = {
  id: 'shouting-subject',
  techniques: [
    {
      id: 'shouting-subject',
      title: 'Shouts in the subject',
      description: 'A subject all in capitals, or with several exclamation, question or dollar marks.',
      maxScore: 12,
    },
  ],
  run({ message }) {
    const subject = message.subject ?? '';
    const letters = subject.match(/\p{L}/gu)?.length ?? 0;
    const capitals = subject.match(/\p{Lu}/gu)?.length ?? 0;
    const loud = letters >= minLetters && /\s/.test(subject.trim()) && capitals / letters > 0.85;
    const marks = subject.match(/[!?$€£*]{2,}|!/g)?.join('').length ?? 0;
    if (!loud && marks < 2) return [];
    const score = (loud ? 8 : 0) + (marks >= 2 ? 6 : 0);
    return [
      finding(
        'shouting-subject',
        Math.min(12, score),
        'The subject shouts: capitals or rows of exclamation marks.',
      ),
    ];
  },
};
