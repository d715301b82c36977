import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';
import { tellsPassword } from './password-in-text.ts';

/** Documents that open only with a password. Banks send PDFs so. */
export const encryptedDocuments: Check = {
  id: 'encrypted-documents',
  techniques: [
    {
      id: 'encrypted-document',
      title: 'Encrypted document',
      description:
        'A document is encrypted, so that it cannot be looked into; worse when the mail gives the password.',
      maxScore: 42,
    },
  ],
  run({ message, reading }) {
    const hits = found(message, 'encrypted-document');
    if (hits.length === 0) return [];
    const told = tellsPassword(reading);
    return strongest(
      hits.map((hit) => {
        const isPdf = hit.sign.detail === 'PDF';
        const score = isPdf ? (told ? 28 : 4) : told ? 42 : 20;
        const end = told ? ', and the mail tells the password' : '';
        return finding(
          'encrypted-document',
          score,
          `The attachment ${placeOf(hit)} is encrypted${end}: what is in it cannot be checked.`,
          evidenceOf(hit),
        );
      }),
    );
  },
};
