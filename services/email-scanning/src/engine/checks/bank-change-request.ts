import { finding } from '../finding.ts';
import { readableText } from '../references.ts';
import { concernedSupplier } from '../related.ts';
import type { Check } from '../types.ts';

/** "Our bank details have changed", as such mails say it; each pattern stays within one sentence. */
const patterns: RegExp[] = [
  /\b(bank(ing)?|account|payment|remittance)\s+(details?|information|instructions?|data|coordinates)\b[^.!?\n]{0,80}\b(changed|updated|new|different|revised|no longer)\b/i,
  /\b(new|updated|changed|revised|different)\s+(bank(ing)?|beneficiary|payment|remittance)\s+(details?|account|information|instructions?)\b/i,
  /\b(bankverbindung|kontoverbindung|bankdaten|kontodaten)\b[^.!?\n]{0,80}\b(geändert|geaendert|neu|neue|neuen|aktualisiert|nicht mehr)\b/i,
  /\b(neue|geänderte|geaenderte|aktualisierte)n?\s+(bankverbindung|kontoverbindung|bankdaten|kontodaten)\b/i,
  /\b(coordonnées|coordonnees)\s+bancaires\b[^.!?\n]{0,80}\b(changé|modifiées|nouvelles|nouveau|mis(es)? à jour)\b/i,
  /\bnouve(lles|au)\s+(coordonnées|coordonnees|compte|rib)\b/i,
  /\b(datos|cuenta)\s+bancari[oa]s?\b[^.!?\n]{0,80}\b(cambi|nuev|actualiz)/i,
  /\b(coordinate|dati)\s+bancari[ei]?\b[^.!?\n]{0,80}\b(cambiat|nuov|aggiornat)/i,
  /\b(bankgegevens|rekeningnummer)\b[^.!?\n]{0,80}\b(gewijzigd|nieuwe?|veranderd)\b/i,
  /\b(dane|rachunek|konto)\s+bankow\w+\b[^.!?\n]{0,80}\b(zmian|zmieni|now[yea])/i,
];

/** The mail wants payments to go elsewhere from now on. */
export const bankChangeRequest: Check = {
  technique: 'bank-change-request',
  run(context) {
    const text = readableText(context.message);
    const match = patterns.map((pattern) => pattern.exec(text)).find((found) => found !== null);
    if (!match) return [];
    const supplier = concernedSupplier(context);
    const score = supplier ? 45 : 25;
    const whom = supplier ? `of ${supplier.name}` : 'of the sender';
    const explanation = `The mail says that the bank details ${whom} have changed. Ask by a telephone number that you know from elsewhere.`;
    return [finding('bank-change-request', score, explanation, { sentence: match[0].slice(0, 200) })];
  },
};
