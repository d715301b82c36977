import { finding } from '../../finding.ts';
import { concernedSupplier } from '../../related.ts';
import type { Check } from '../../types.ts';

/**
 * "Our bank details have changed", as such mails say it; each pattern stays within one sentence. Word ends are asked for by
 * letters: `\b` knows the English ones alone.
 */
const patterns: RegExp[] = [
  /(?<!\p{L})(bank(ing)?|account|payment|remittance)\s+(details?|information|instructions?|data|coordinates)(?!\p{L})[^.!?\n]{0,80}(?<!\p{L})(changed|updated|new|different|revised|no longer)(?!\p{L})/iu,
  /(?<!\p{L})(new|updated|changed|revised|different)\s+(bank(ing)?|beneficiary|payment|remittance)\s+(details?|account|information|instructions?)(?!\p{L})/iu,
  /(?<!\p{L})(bankverbindung|kontoverbindung|bankdaten|kontodaten)(?!\p{L})[^.!?\n]{0,80}(?<!\p{L})(geändert|geaendert|neu|neue|neuen|aktualisiert|nicht mehr)(?!\p{L})/iu,
  /(?<!\p{L})(neue|geänderte|geaenderte|aktualisierte)n?\s+(bankverbindung|kontoverbindung|bankdaten|kontodaten)(?!\p{L})/iu,
  /(?<!\p{L})(coordonnées|coordonnees)\s+bancaires\b[^.!?\n]{0,80}(?<!\p{L})(changé|modifiées|nouvelles|nouveau|mis(es)? à jour)(?!\p{L})/iu,
  /(?<!\p{L})nouve(lles|au)\s+(coordonnées|coordonnees|compte|rib)(?!\p{L})/iu,
  /(?<!\p{L})(datos|cuenta)\s+bancari[oa]s?\b[^.!?\n]{0,80}(?<!\p{L})(cambi|nuev|actualiz)/iu,
  /(?<!\p{L})(coordinate|dati)\s+bancari[ei]?\b[^.!?\n]{0,80}(?<!\p{L})(cambiat|nuov|aggiornat)/iu,
  /(?<!\p{L})(bankgegevens|rekeningnummer)(?!\p{L})[^.!?\n]{0,80}(?<!\p{L})(gewijzigd|nieuwe?|veranderd)(?!\p{L})/iu,
  /(?<!\p{L})(dane|rachunek|konto)\s+bankow\w+\b[^.!?\n]{0,80}(?<!\p{L})(zmian|zmieni|now[yea])/iu,
];

/** The mail wants payments to go elsewhere from now on. */
export const bankChangeRequest: Check = {
  id: 'bank-change-request',
  techniques: [],
  run(context) {
    const text = context.reading.everything;
    const match = patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null);
    if (!match) return [];
    const supplier = concernedSupplier(context);
    const score = supplier ? 45 : 25;
    const whom = supplier ? `of ${supplier.name}` : 'of the sender';
    const explanation = `The mail says that the bank details ${whom} have changed. Ask by a telephone number that you know from elsewhere.`;
    return [finding('bank-change-request', score, explanation, { sentence: match[0].slice(0, 200) })];
  },
};
