import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** A date that no program writes. Whether it is old or new is not judged: stored mail is scanned too. */
export const oddDate: Check = {
  id: 'date',
  techniques: [
    {
      id: 'odd-date',
      title: 'No readable date',
      description: 'The mail has no Date, or one that is none, which every mail program writes.',
      maxScore: 8,
      source: 'RFC 5322, section 3.6.1',
    },
  ],
  run({ message }) {
    if (message.headerNames.length < 6) return [];
    if (message.date && !Number.isNaN(Date.parse(message.date.replace(/\([^)]*\)/g, '')))) return [];
    return [
      finding(
        'odd-date',
        message.date ? 8 : 5,
        message.date ? 'The mail’s date is none.' : 'The mail has no date.',
      ),
    ];
  },
};
