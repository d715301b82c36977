import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** How much each kind of problem means; what was left out may hold anything. */
const scores: Record<string, number> = { cut: 45, 'no-headers': 15, empty: 15, note: 2 };

/** What could not be read, so that nothing passes unseen without a word. */
export const unreadable: Check = {
  id: 'unreadable',
  techniques: [
    {
      id: 'unreadable-content',
      title: 'Content that was not read',
      description:
        'A part of the mail was left out because it is too large, too deep, too much or too slow to read, or there is no mail at all.',
      maxScore: 45,
    },
  ],
  run: ({ message }) =>
    message.problems.flatMap(({ code, message: problem }) => {
      const score = scores[code];
      return score === undefined ? [] : [finding('unreadable-content', score, `${problem}.`)];
    }),
};
