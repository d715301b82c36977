import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { fold } from '../../reading.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';
import { lures } from './lure-words.ts';

/** PDFs that are there for one link: the mail itself stays free of any. */
export const pdfLures: Check = {
  id: 'pdf-lures',
  techniques: [
    {
      id: 'pdf-lure',
      title: 'PDF that is only a link',
      description:
        'A PDF of one or two pages with little text, whose purpose is a link or a button that wants to be clicked.',
      maxScore: 45,
      source: 'MITRE ATT&CK T1566.001',
    },
  ],
  run: ({ message }) =>
    strongest(
      found(message, 'pdf-lure').map((hit) => {
        const wants = lures(fold(hit.attachment.facts.text.slice(0, 3_000)));
        // Nothing but pictures and a link: a scanned page has no link.
        const isBare = hit.attachment.facts.text.trim().length < 40;
        const explanation = wants
          ? `The PDF ${placeOf(hit)} shows little but a link that it wants clicked.`
          : `The PDF ${placeOf(hit)} shows little but a link.`;
        return finding('pdf-lure', wants ? 45 : isBare ? 28 : 10, explanation, {
          ...evidenceOf(hit),
          link: defang(hit.sign.detail),
        });
      }),
    ),
};
