import { defang } from '../../defang.ts';
import type { SignCode } from '../../files/signs.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { evidenceOf, type Found, found, placeOf, strongest } from './found.ts';

const rules: [code: SignCode, technique: string, score: number, says: string][] = [
  ['page-password', 'html-password-form', 78, 'is a web page that asks for a password'],
  [
    'page-smuggling',
    'html-smuggling-attachment',
    80,
    'is a web page that puts a file together when it is opened',
  ],
  ['page-obfuscated', 'obfuscated-page', 65, 'is a web page whose code is made unreadable'],
  ['page-redirect', 'redirecting-page', 55, 'is a web page that leads elsewhere at once'],
  ['svg-active', 'active-drawing', 60, 'is a drawing that runs scripts or holds a page'],
];

/** A page without a name is the mail's own text in another form, and is judged as that. */
const isFile = ({ attachment, sign }: Found) => sign.path.length > 0 || attachment.filename !== null;
/** In an archive of many files it is documentation. */
const isLone = ({ attachment, sign }: Found) =>
  sign.path.length === 0 || attachment.facts.entries.length <= 5;

/** Web pages and drawings as files: opened from the disk they can imitate any sign-in. */
export const pages: Check = {
  id: 'pages',
  techniques: [
    {
      id: 'html-attachment',
      title: 'Web page attached',
      description:
        'A web page as an attachment: opened, it can imitate any sign-in, and no filter sees its address.',
      maxScore: 28,
    },
    {
      id: 'html-password-form',
      title: 'Attached page asks for a password',
      description: 'A web page in the mail has a field for a password, or sends one off.',
      maxScore: 78,
    },
    {
      id: 'html-smuggling-attachment',
      title: 'Attached page builds a file',
      description:
        'A web page puts a file together in the browser, so that no filter on the way sees it (HTML smuggling).',
      maxScore: 80,
      source: 'MITRE ATT&CK T1027.006',
    },
    {
      id: 'obfuscated-page',
      title: 'Attached page with hidden code',
      description: 'The code of an attached page is encoded or scrambled on purpose.',
      maxScore: 65,
    },
    {
      id: 'redirecting-page',
      title: 'Attached page that leads away',
      description: 'An attached page sends the reader elsewhere as soon as it is opened.',
      maxScore: 55,
    },
    {
      id: 'active-drawing',
      title: 'Drawing with code',
      description: 'An SVG drawing runs scripts, or holds a page.',
      maxScore: 60,
    },
  ],
  run({ message }) {
    const hits = rules.flatMap(([code, technique, score, says]) =>
      strongest(
        found(message, code)
          .filter((hit) => isFile(hit) && isLone(hit))
          .map((hit) =>
            finding(technique, score, `The attachment ${placeOf(hit)} ${says}.`, {
              ...evidenceOf(hit),
              detail: defang(hit.sign.detail),
            }),
          ),
      ),
    );
    const page = found(message, 'page').filter((hit) => isFile(hit) && isLone(hit))[0];
    if (!page) return hits;
    const score = found(message, 'page-script').length > 0 ? 28 : 20;
    const explanation = `The attachment ${placeOf(page)} is a web page: opened, it can imitate any sign-in.`;
    return [...hits, finding('html-attachment', score, explanation, evidenceOf(page))];
  },
};
