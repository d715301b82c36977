import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** Code that puts a file together; the rest also stands in pages that somebody mails. */
const building = new Set([
  'atob(',
  'new Blob(',
  'msSaveBlob',
  'msSaveOrOpenBlob',
  'createObjectURL',
  'unescape(',
  'fromCharCode',
  'eval(',
  'ActiveXObject',
  'data:application/',
  'data:text/html',
  'navigator.clipboard',
]);

/** The mail's page carries code that makes a file or page in the reader's program. */
export const smuggling: Check = {
  id: 'html-smuggling',
  techniques: [
    {
      id: 'html-smuggling',
      title: 'Page that builds a file itself',
      description:
        'The mail’s HTML holds code that puts a file or page together in the reader’s program (HTML smuggling), past every filter.',
      maxScore: 60,
      source: 'MITRE ATT&CK T1027.006',
    },
  ],
  run({ message }) {
    const signs = (message.html?.smuggling ?? []).filter((token) => building.has(token));
    if (signs.length === 0) return [];
    const score = signs.length > 1 ? 60 : 25;
    return [
      finding(
        'html-smuggling',
        score,
        'The mail’s page holds code that builds a file or page in the reader’s program.',
        { code: signs.slice(0, 5) },
      ),
    ];
  },
};
