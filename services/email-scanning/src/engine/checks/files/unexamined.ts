import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';

/** What was not looked at: nothing passes unseen without a word. */
export const unexamined: Check = {
  id: 'unexamined-files',
  techniques: [
    {
      id: 'file-not-examined',
      title: 'File not examined to its end',
      description: 'A limit of size, number or time ended the examination of an attachment.',
      maxScore: 10,
    },
    {
      id: 'damaged-file',
      title: 'Broken file',
      description: 'The structure of an attachment is broken, so that it could not be read.',
      maxScore: 3,
    },
  ],
  run: ({ message }) => [
    ...strongest(
      found(message, 'not-examined').map((hit) =>
        finding(
          'file-not-examined',
          10,
          `The attachment ${placeOf(hit)} was not examined to its end (${hit.sign.detail}).`,
          evidenceOf(hit),
        ),
      ),
    ),
    ...strongest(
      found(message, 'damaged').map((hit) =>
        finding(
          'damaged-file',
          3,
          `The attachment ${placeOf(hit)} is broken and could not be read.`,
          evidenceOf(hit),
        ),
      ),
    ),
  ],
};
