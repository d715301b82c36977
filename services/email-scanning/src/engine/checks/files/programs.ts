import { endingOf } from '../../files/endings.ts';
import { finding } from '../../finding.ts';
import type { Check, Finding } from '../../types.ts';
import { alsoHas, evidenceOf, type Found, found, placeOf, strongest } from './found.ts';

/** An archive of many files is a program's source or a backup: lists and developers send them. */
const manyFiles = 12;

const filesIn = ({ attachment }: Found) => attachment.facts.entries.length;

function score(hit: Found): number {
  const many = hit.sign.path.length > 0 && filesIn(hit) > manyFiles;
  if (hit.sign.code === 'script') return many ? 8 : 75;
  const { kind } = hit.attachment.facts;
  // A Linux program needs to be marked executable by whoever gets it.
  const needsHelp = kind === 'linux-program' || /^(?:jar|apk|deb|dmg|pkg)$/.test(endingOf(hit.sign.detail));
  return many ? 30 : needsHelp ? 45 : hit.sign.path.length > 0 ? 80 : 78;
}

function judge(hit: Found): Finding[] {
  // Those have findings of their own, that say more.
  if (alsoHas(hit, 'double-ending') || (hit.sign.code === 'program' && alsoHas(hit, 'type-mismatch')))
    return [];
  const inside = hit.sign.path.length > 0;
  const technique = inside ? 'executable-in-archive' : 'executable-attachment';
  const what = hit.sign.code === 'script' ? 'a script that runs when it is opened' : 'a program';
  return [finding(technique, score(hit), `The attachment ${placeOf(hit)} is ${what}.`, evidenceOf(hit))];
}

/** What runs when it is opened. */
export const programs: Check = {
  id: 'programs',
  techniques: [
    {
      id: 'executable-attachment',
      title: 'Program attached',
      description:
        'An attachment is a program or a script that Windows runs on a double click, by its bytes or its ending.',
      maxScore: 78,
    },
    {
      id: 'executable-in-archive',
      title: 'Program in an archive or document',
      description:
        'A program or script is packed into an archive or document, where simple filters do not look.',
      maxScore: 80,
    },
  ],
  run({ message }) {
    const hits = found(message, 'program', 'script').flatMap(judge);
    return ['executable-attachment', 'executable-in-archive'].flatMap((technique) =>
      strongest(hits.filter((hit) => hit.technique === technique)),
    );
  },
};
