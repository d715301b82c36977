import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

const gap = /\S\s{5,500}\S/;
const emptyLines = /\n[\s\u00a0]{400}/;

/** Blanks that push something out of sight. */
export const padding: Check = {
  id: 'padding',
  techniques: [
    {
      id: 'padded-subject',
      title: 'Blanks in the subject',
      description:
        'The subject has a wide gap in it: behind it stands a mark by which the sender counts, or that makes each mail a different one.',
      maxScore: 20,
    },
    {
      id: 'padded-text',
      title: 'Text pushed out of sight',
      description:
        'The text goes on below hundreds of empty lines or blanks, where the reader does not look.',
      maxScore: 12,
    },
  ],
  run({ message: { subject, text, htmlText } }) {
    const found = [];
    if (gap.test(subject ?? ''))
      found.push(finding('padded-subject', 20, 'The subject has a wide gap of blanks in it.'));
    if (emptyLines.test((htmlText || text).trimEnd()))
      found.push(finding('padded-text', 12, 'The text goes on far below where it seems to end.'));
    return found;
  },
};
