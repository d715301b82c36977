import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf } from './found.ts';

/** The test virus: no harm in it, but whoever sends it wants to see it caught. */
export const eicar: Check = {
  id: 'eicar',
  techniques: [
    {
      id: 'eicar',
      title: 'Test virus',
      description:
        'The EICAR test file, in an attachment or anywhere in an archive: it shows that scanning works.',
      maxScore: 97,
      source: 'eicar.org, Anti Malware Testfile',
    },
  ],
  run: ({ message }) =>
    found(message, 'eicar')
      .slice(0, 1)
      .map((hit) =>
        finding('eicar', 97, `The attachment ${placeOf(hit)} holds the test virus (EICAR).`, evidenceOf(hit)),
      ),
};
