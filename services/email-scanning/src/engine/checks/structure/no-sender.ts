import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** A mail from nobody. */
export const noSender: Check = {
  id: 'no-sender',
  techniques: [
    {
      id: 'no-sender',
      title: 'No sender',
      description:
        'The From header is missing or holds no address: nobody can be held to what the mail says.',
      maxScore: 20,
      source: 'RFC 5322, 3.6',
    },
  ],
  run({ message: { from, fromCount } }) {
    if (from?.address) return [];
    if (fromCount > 0 && from?.name)
      return [finding('no-sender', 20, 'The mail shows a sender’s name without any address.')];
    return [finding('no-sender', 12, 'The mail names no sender.')];
  },
};
