import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { shownName } from './found.ts';

/** The key under which an antivirus program's answer for the whole mail stands. */
const wholeMessage = 'message';

/** Signatures that only say what a file could be used for. */
const weak = /^(?:PUA|Heuristics)\./i;

/** What the antivirus program says. */
export const virus: Check = {
  id: 'virus',
  techniques: [
    {
      id: 'virus',
      title: 'Known virus',
      description:
        'An antivirus program (ClamAV) knows an attachment, a file in one, or the mail itself by a signature.',
      maxScore: 96,
      source: 'ClamAV signatures',
    },
  ],
  run({ message, knowledge }) {
    const { viruses } = knowledge.message;
    if (!viruses) return [];
    const [first] = Object.entries(viruses);
    if (!first) return [];
    const [key, name] = first;
    const attachment = message.attachments.find(({ sha256 }) => sha256 === key);
    const what = attachment
      ? `The attachment ${shownName(attachment)}`
      : key === wholeMessage
        ? 'The mail'
        : 'A file in the mail';
    const score = weak.test(name) ? 45 : 96;
    const explanation = `${what} is known to the antivirus program as ${name.slice(0, 100)}.`;
    return [
      finding('virus', score, explanation, {
        name: name.slice(0, 100),
        ...(attachment && { filename: attachment.filename, sha256: key }),
      }),
    ];
  },
};
