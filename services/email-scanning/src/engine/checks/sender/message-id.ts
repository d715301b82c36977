import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Every mail program gives a message a number; programs for bulk mail forget it. */
export const messageId: Check = {
  id: 'message-id',
  techniques: [
    {
      id: 'no-message-id',
      title: 'No Message-ID',
      description:
        'The mail has no Message-ID, or one that is none. Mail programs give every message one; home-made senders of bulk mail often do not.',
      maxScore: 8,
      source: 'RFC 5322, section 3.6.4',
    },
  ],
  run({ message }) {
    // What is no mail at all, or a draft that somebody uploads, says nothing.
    if (message.headerNames.length < 6) return [];
    if (message.messageId && /^<?[^<>\s]+@[^<>\s]+>?$/.test(message.messageId.trim())) return [];
    const what = message.messageId ? 'a malformed Message-ID' : 'no Message-ID';
    return [
      finding(
        'no-message-id',
        message.messageId ? 5 : 8,
        `The mail has ${what}, which mail programs always write.`,
      ),
    ];
  },
};
