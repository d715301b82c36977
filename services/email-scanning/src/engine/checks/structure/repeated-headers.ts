import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Those of which there is one (RFC 5322, 3.6; RFC 2045), and how much it means when there are more. */
const single = new Map(
  Object.entries({
    'content-type': 25,
    'content-transfer-encoding': 25,
    subject: 20,
    'reply-to': 15,
    sender: 8,
    date: 5,
    to: 5,
    cc: 5,
    'message-id': 5,
  }),
);
const flood = 150;

/** Headers more often than they may be. */
export const repeatedHeaders: Check = {
  id: 'repeated-headers',
  techniques: [
    {
      id: 'repeated-header',
      title: 'A header that may be there once',
      description:
        'A header of which there may be one is there several times: filter and mail program may read different ones, and see different mails.',
      maxScore: 25,
      source: 'RFC 5322, 3.6; RFC 2045, 3',
    },
    {
      id: 'header-flood',
      title: 'Very many headers',
      description: 'The mail has far more headers than mail picks up on its way, to wear out who reads them.',
      maxScore: 20,
    },
  ],
  run({ message: { headerNames } }) {
    const found = [];
    const counts = new Map<string, number>();
    for (const name of headerNames) if (single.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [name, count] of counts) {
      const score = single.get(name);
      if (count < 2 || score === undefined) continue;
      const explanation = `The mail has ${count} ${name} headers, where there may be one.`;
      found.push(finding('repeated-header', score, explanation, { header: name }));
    }
    if (headerNames.length >= flood)
      found.push(finding('header-flood', 20, `The mail has ${headerNames.length} or more headers.`));
    return found;
  },
};
