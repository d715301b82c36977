import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';
import { tellsPassword } from './password-in-text.ts';

/** Archives that no scanner can look into. */
export const encryptedArchives: Check = {
  id: 'encrypted-archives',
  techniques: [
    {
      id: 'encrypted-archive',
      title: 'Encrypted archive',
      description: 'An archive opens only with a password, so that nothing on its way can look into it.',
      maxScore: 25,
    },
    {
      id: 'encrypted-archive-with-password',
      title: 'Encrypted archive, password in the mail',
      description:
        'The password of an encrypted archive stands in the mail itself: it keeps out scanners, not readers.',
      maxScore: 50,
    },
  ],
  run({ message, reading }) {
    const hits = found(message, 'encrypted-entry');
    if (hits.length === 0) return [];
    const told = tellsPassword(reading);
    return strongest(
      hits.map((hit) =>
        told
          ? finding(
              'encrypted-archive-with-password',
              50,
              `The attachment ${placeOf(hit)} is encrypted, and the mail gives the password: only filters are kept out.`,
              evidenceOf(hit),
            )
          : finding(
              'encrypted-archive',
              25,
              `The attachment ${placeOf(hit)} is encrypted: what is in it cannot be checked.`,
              evidenceOf(hit),
            ),
      ),
    );
  },
};
