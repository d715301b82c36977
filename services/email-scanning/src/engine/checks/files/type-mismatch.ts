import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';

/** How sure each true kind makes us, and what it is called. */
const weights: Record<string, [number, string]> = {
  'windows-program': [80, 'a Windows program'],
  'linux-program': [70, 'a Linux program'],
  'macos-program': [70, 'a program for macOS'],
  java: [70, 'a program for Java'],
  shortcut: [75, 'a shortcut'],
  script: [55, 'a script'],
  html: [50, 'a web page'],
  svg: [40, 'a drawing that can hold a page'],
  iso: [65, 'an image of a disk'],
  onenote: [55, 'a OneNote section'],
  rtf: [35, 'a rich text document'],
  ...{ zip: [30, 'an archive'], rar: [35, 'an archive'], '7z': [35, 'an archive'], cab: [45, 'an archive'] },
  ...{ gzip: [15, 'an archive'], ole: [20, 'an old Office document'], ooxml: [15, 'an Office document'] },
};

/** Files that are not what their ending says. */
export const typeMismatch: Check = {
  id: 'attachment-type-mismatch',
  techniques: [
    {
      id: 'attachment-type-mismatch',
      title: 'Not what it says',
      description:
        'The bytes of an attachment, or of a file in an archive, are of another kind than its ending or type says.',
      maxScore: 80,
      source: 'MITRE ATT&CK T1036.008',
    },
  ],
  run: ({ message }) =>
    strongest(
      found(message, 'type-mismatch').map((hit) => {
        const [score, what] = weights[hit.sign.detail] ?? [12, `of the kind ${hit.sign.detail}`];
        return finding(
          'attachment-type-mismatch',
          score,
          `The attachment ${placeOf(hit)} is really ${what}.`,
          evidenceOf(hit),
        );
      }),
    ),
};
