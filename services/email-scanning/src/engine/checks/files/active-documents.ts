import { defang } from '../../defang.ts';
import type { SignCode } from '../../files/signs.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, type Found, found, placeOf, strongest } from './found.ts';

interface Rule {
  code: SignCode;
  technique: string;
  score: (hit: Found) => number;
  says: string;
}

/** An embedded file is nothing in a PDF: e-invoices (Factur-X, ZUGFeRD) carry their data so. */
const embedded = ({ attachment }: Found) => {
  const { kind } = attachment.facts;
  return kind === 'onenote' ? 62 : kind === 'pdf' ? 0 : 18;
};

const rules: Rule[] = [
  {
    code: 'remote-template',
    technique: 'remote-template',
    score: ({ sign }) => (sign.detail.startsWith('workbook') ? 8 : 72),
    says: 'loads a part of itself from elsewhere when it is opened',
  },
  { code: 'dde', technique: 'dde-field', score: () => 75, says: 'holds a field that starts a program (DDE)' },
  {
    code: 'equation-editor',
    technique: 'equation-editor',
    score: () => 78,
    says: 'holds an object of the old equation editor, known for its holes',
  },
  {
    code: 'embedded-object',
    technique: 'embedded-object',
    score: () => 55,
    says: 'holds an object that runs when it is opened',
  },
  {
    code: 'embedded-file',
    technique: 'embedded-file',
    score: embedded,
    says: 'hides a file behind what it shows',
  },
  { code: 'active-x', technique: 'active-x', score: () => 15, says: 'holds ActiveX controls' },
];

/** Documents that do something when they are opened, other than by macros. */
export const activeDocuments: Check = {
  id: 'active-documents',
  techniques: [
    {
      id: 'remote-template',
      title: 'Document that loads parts',
      description:
        'A template, object or frame of the document is fetched from another place on opening; macros come that way.',
      maxScore: 72,
      source: 'MITRE ATT&CK T1221',
    },
    {
      id: 'dde-field',
      title: 'DDE field',
      description: 'A field of a document starts a program.',
      maxScore: 75,
      source: 'MITRE ATT&CK T1559.002',
    },
    {
      id: 'equation-editor',
      title: 'Equation editor object',
      description:
        'An object of the equation editor, whose holes (CVE-2017-11882, CVE-2018-0802) are the most used of all.',
      maxScore: 78,
    },
    {
      id: 'embedded-object',
      title: 'Object that updates itself',
      description: 'A rich text document holds an object that is loaded or run without a click.',
      maxScore: 55,
    },
    {
      id: 'embedded-file',
      title: 'File in a document',
      description: 'A document (OneNote, Office) has a file embedded that a click opens.',
      maxScore: 62,
    },
    {
      id: 'active-x',
      title: 'ActiveX controls',
      description: 'A document holds controls that can run code.',
      maxScore: 15,
    },
  ],
  run: ({ message }) =>
    rules.flatMap(({ code, technique, score, says }) =>
      strongest(
        found(message, code)
          .filter((hit) => score(hit) > 0)
          .map((hit) =>
            finding(technique, score(hit), `The attachment ${placeOf(hit)} ${says}.`, {
              ...evidenceOf(hit),
              detail: defang(hit.sign.detail),
            }),
          ),
      ),
    ),
};
