import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, found, placeOf, strongest } from './found.ts';

/** PDFs that do something. Forms with scripts are common, programs are not. */
export const activePdfs: Check = {
  id: 'active-pdfs',
  techniques: [
    {
      id: 'pdf-launch',
      title: 'PDF that starts a program',
      description: 'A PDF asks to start a program or open a file.',
      maxScore: 78,
    },
    {
      id: 'pdf-javascript',
      title: 'PDF with scripts',
      description: 'A PDF holds JavaScript, as some forms and many exploits do.',
      maxScore: 15,
    },
    {
      id: 'pdf-form',
      title: 'PDF form',
      description: 'A PDF holds a form that it sends off, or one of the old kind (XFA).',
      maxScore: 8,
    },
  ],
  run({ message }) {
    const launch = found(message, 'pdf-launch').map((hit) =>
      finding('pdf-launch', 78, `The PDF ${placeOf(hit)} starts a program.`, {
        ...evidenceOf(hit),
        target: hit.sign.detail,
      }),
    );
    const script = found(message, 'pdf-javascript').map((hit) =>
      finding('pdf-javascript', 15, `The PDF ${placeOf(hit)} holds scripts.`, evidenceOf(hit)),
    );
    const form = found(message, 'pdf-form').map((hit) =>
      finding(
        'pdf-form',
        hit.sign.detail === 'XFA' ? 5 : 8,
        `The PDF ${placeOf(hit)} holds a form that sends off what is filled in.`,
        evidenceOf(hit),
      ),
    );
    return [...strongest(launch), ...strongest(script), ...strongest(form)];
  },
};
