import type { FileKind } from '../../files/facts.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { shownName } from './found.ts';

/** Names of recordings and faxes. */
const recording =
  /(?:voice[\s_.-]?(?:mail|msg|message|note)|\bv[\s_-]?msg\b|\bvm[\s_-]?\d|missed[\s_.-]?call|audio[\s_.-]?(?:msg|message|\d)|play[\s_.-]?(?:vm|voice|audio|now)|\.(?:wav|mp3|m4a)\b|e?fax[\s_.-]?(?:msg|message|\d)|voix|sprachnachricht|mensaje[\s_.-]?de[\s_.-]?voz)/i;

const never = new Set<FileKind>([
  'html',
  'svg',
  'zip',
  'rar',
  '7z',
  'script',
  'shortcut',
  'windows-program',
  'xml',
  'text',
]);

/** What calls itself a recording and is a page. */
export const voiceLures: Check = {
  id: 'voice-lures',
  techniques: [
    {
      id: 'voice-lure',
      title: 'Recording that is none',
      description:
        'A file is called a voice message, a missed call or a fax, and is a web page or an archive.',
      maxScore: 45,
    },
  ],
  run({ message }) {
    const lure = message.attachments.find(
      ({ filename, facts }) => filename !== null && never.has(facts.kind) && recording.test(filename),
    );
    if (!lure || (lure.facts.kind === 'text' && !/\.(?:s?html?|svg)$/i.test(shownName(lure)))) return [];
    const explanation = `The attachment ${shownName(lure)} calls itself a recording or a fax, but is none.`;
    return [
      finding('voice-lure', 45, explanation, {
        filename: lure.filename,
        kind: lure.facts.kind,
        sha256: lure.sha256,
      }),
    ];
  },
};
