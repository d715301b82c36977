import type { SignCode } from '../../files/signs.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, type Found, found, placeOf, strongest } from './found.ts';

const rules: [code: SignCode, technique: string, score: number, sentence: (hit: Found) => string][] = [
  [
    'archive-bomb',
    'archive-bomb',
    70,
    (hit) => `The attachment ${placeOf(hit)} is made to exhaust whoever unpacks it (${hit.sign.detail}).`,
  ],
  [
    'archive-inconsistent',
    'archive-inconsistent',
    40,
    (hit) => `The attachment ${placeOf(hit)} shows different files to different programs.`,
  ],
  [
    'archive-too-deep',
    'archive-too-deep',
    45,
    (hit) => `In the attachment ${placeOf(hit)} archives stand in archives deeper than anybody packs them.`,
  ],
  [
    'rare-archive',
    'rare-archive',
    40,
    (hit) =>
      `The attachment ${placeOf(hit)} is an archive of a kind that is hardly used but to evade filters.`,
  ],
  [
    'archive-not-unpacked',
    'archive-not-unpacked',
    10,
    (hit) => `The attachment ${placeOf(hit)} is an archive (${hit.sign.detail}) that was not unpacked.`,
  ],
];

/** Archives that are made to harm or to deceive those who unpack them. */
export const hostileArchives: Check = {
  id: 'hostile-archives',
  techniques: [
    {
      id: 'archive-bomb',
      title: 'Archive bomb',
      description: 'It unpacks to far more than anybody sends, its files overlap, or it holds itself.',
      maxScore: 70,
    },
    {
      id: 'archive-inconsistent',
      title: 'Archive with two contents',
      description:
        'The lists of files at the end of a zip and before each file differ, so that scanners and readers see different files.',
      maxScore: 40,
    },
    {
      id: 'archive-too-deep',
      title: 'Archives in archives',
      description: 'Archives are packed into archives beyond the depth that is looked at.',
      maxScore: 45,
    },
    {
      id: 'rare-archive',
      title: 'Rare archive format',
      description:
        'An archive of a format (ACE, ARJ, LZH …) that attackers use because few filters unpack it.',
      maxScore: 40,
    },
    {
      id: 'archive-not-unpacked',
      title: 'Archive not looked into',
      description: 'An archive of a format that is recognised but not unpacked here (RAR, 7z, CAB).',
      maxScore: 10,
    },
  ],
  run: ({ message }) =>
    rules.flatMap(([code, technique, score, sentence]) =>
      strongest(found(message, code).map((hit) => finding(technique, score, sentence(hit), evidenceOf(hit)))),
    ),
};
