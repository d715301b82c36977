import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { alsoHas, evidenceOf, found, placeOf, strongest } from './found.ts';

/** Macros in Office documents. */
export const macros: Check = {
  id: 'macros',
  techniques: [
    {
      id: 'macro-document',
      title: 'Document with macros',
      description: 'An Office document holds programs (VBA macros).',
      maxScore: 35,
    },
    {
      id: 'hostile-macro',
      title: 'Macro that reaches out',
      description:
        'A macro runs by itself when the document is opened, or starts programs, loads files or hides its words.',
      maxScore: 88,
      source: 'MITRE ATT&CK T1059.005, T1204.002',
    },
    {
      id: 'excel4-macro',
      title: 'Excel 4 macro',
      description: 'A sheet of macros in the language of 1992, which most scanners do not read.',
      maxScore: 78,
    },
  ],
  run({ message }) {
    const hostile = found(message, 'macro-autorun', 'macro-download').map((hit) => {
      const both = alsoHas(hit, 'macro-autorun') && alsoHas(hit, 'macro-download');
      const what = both
        ? 'a macro that runs when it is opened and reaches out of the document'
        : hit.sign.code === 'macro-autorun'
          ? 'a macro that runs when it is opened'
          : 'a macro that starts programs or loads files';
      return finding(
        'hostile-macro',
        both ? 88 : hit.sign.code === 'macro-autorun' ? 45 : 50,
        `The attachment ${placeOf(hit)} holds ${what} (${hit.sign.detail}).`,
        evidenceOf(hit),
      );
    });
    const plain = found(message, 'macro').map((hit) =>
      finding(
        'macro-document',
        35,
        `The attachment ${placeOf(hit)} is a document that holds programs (macros).`,
        evidenceOf(hit),
      ),
    );
    const old = found(message, 'excel4-macro').map((hit) =>
      finding(
        'excel4-macro',
        hit.sign.detail === 'hidden' ? 78 : 65,
        `The attachment ${placeOf(hit)} holds macros of Excel 4, which nobody has needed for 30 years.`,
        evidenceOf(hit),
      ),
    );
    return [...strongest(hostile), ...(hostile.length > 0 ? [] : strongest(plain)), ...strongest(old)];
  },
};
