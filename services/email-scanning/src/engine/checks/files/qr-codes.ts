import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { shownName } from './found.ts';
import { lures } from './lure-words.ts';

/** Fewer words than this, and the code is what the mail is about. */
const fewWords = 60;
const security =
  /\b(?:authenticat\w*|2fa|mfa|multi-?factor|two-?factor|security|expire\w*|payroll|salary|hr department|signature|docusign|zwei-?faktor|sicherheit|gehalt|securite|salaire|seguridad|nomina|sicurezza|stipendio|beveiliging|salaris)\b/;

/** Links in pictures of codes, which no filter follows and a telephone outside the company opens. */
export const qrCodes: Check = {
  id: 'qr-codes',
  techniques: [
    {
      id: 'qr-code-link',
      title: 'Link in a QR code',
      description:
        'A picture in the mail, or in a PDF or document, is a QR code that leads to a web page; worse when the mail says little else or speaks of signing in.',
      maxScore: 48,
      source: 'MITRE ATT&CK T1660',
    },
  ],
  run({ message, reading }) {
    const attachment = message.attachments.find(({ facts }) => facts.qrUrls.length > 0);
    const url = attachment?.facts.qrUrls[0];
    if (!attachment || url === undefined) return [];
    const said = `${reading.folded.slice(0, 5_000)} ${attachment.facts.text.slice(0, 2_000).toLowerCase()}`;
    const urges = security.test(said) && lures(said);
    const short = reading.words.length < fewWords;
    const score = urges ? (short ? 48 : 42) : short ? 32 : 12;
    const explanation = `The attachment ${shownName(attachment)} holds a QR code that leads to ${defang(url)}.`;
    return [
      finding('qr-code-link', score, explanation, {
        link: defang(url),
        filename: attachment.filename,
        sha256: attachment.sha256,
      }),
    ];
  },
};
