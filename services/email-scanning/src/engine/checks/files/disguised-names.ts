import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';

const pageEnding = /\.(?:s?html?|xht(?:ml)?|mht(?:ml)?|svgz?)\s*$/i;

/** Names that hide what a file is. */
export const disguisedNames: Check = {
  id: 'disguised-names',
  techniques: [
    {
      id: 'double-extension',
      title: 'Double ending',
      description:
        'The name has the ending of a document before its true one, as in invoice.pdf.js: programs hide the last.',
      maxScore: 85,
    },
    {
      id: 'reversed-filename',
      title: 'Name written backwards',
      description: 'Signs that turn the direction of writing make a program look like a document.',
      maxScore: 70,
      source: 'MITRE ATT&CK T1036.002',
    },
    {
      id: 'padded-filename',
      title: 'Ending out of sight',
      description: 'Many blanks in a name push its ending out of the window.',
      maxScore: 60,
    },
  ],
  run({ message }) {
    const double = found(message, 'double-ending').map((hit) => {
      const page = pageEnding.test(hit.sign.detail);
      const what = page ? 'a web page' : 'a program';
      return finding(
        'double-extension',
        page ? 55 : 85,
        `The attachment ${placeOf(hit)} looks like a document but is ${what}.`,
        evidenceOf(hit),
      );
    });
    const reversed = found(message, 'reversed-name').map((hit) =>
      finding(
        'reversed-filename',
        70,
        `The attachment's name is written so that its ending cannot be seen: it is ${placeOf(hit)}.`,
        evidenceOf(hit),
      ),
    );
    const padded = found(message, 'padded-name').map((hit) =>
      finding(
        'padded-filename',
        60,
        `The name of ${placeOf(hit).replace(/\s{3,}/g, ' … ')} is stretched so that its ending cannot be seen.`,
        evidenceOf(hit),
      ),
    );
    return [...strongest(double), ...strongest(reversed), ...strongest(padded)];
  },
};
