import { millionths } from './decimal.ts';

export interface Amount {
  /** In millionths. */
  value: bigint;
  /** ISO 4217; null where the sign stands for several and no other says which. */
  currency: string | null;
  /** As written. */
  text: string;
  /** Whether it is called the total, or what is to be paid. */
  total: boolean;
  at: number;
}

/** Signs that stand for one currency in business mail, and those that stand for several. */
const signs: Record<string, string | null> = {
  '€': 'EUR',
  '£': 'GBP',
  $: null,
  us$: 'USD',
  '¥': null,
  zł: 'PLN',
  kč: 'CZK',
  kr: null,
  fr: 'CHF',
  sfr: 'CHF',
  euro: 'EUR',
  euros: 'EUR',
  dollars: null,
};

const codes =
  'EUR|USD|CHF|GBP|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|CAD|AUD|NZD|JPY|CNY|BRL|MXN|INR|TRY|ZAR|SGD|HKD';
const currency = `(?:${codes}|US\\$|[€£$¥]|zł|Kč|kr\\.?|SFr\\.?)`;
const number = `\\d{1,3}(?:[.,'’ ]\\d{3}){1,5}(?:[.,]\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,4})?`;
const before = new RegExp(`(?<![A-Za-z])(${currency})[ \\t]{0,3}(${number})(?![\\d])`, 'gi');
const after = new RegExp(
  `(?<![\\d.,'’])(${number})[ \\t]{0,3}(${currency}|euros?|dollars)(?![A-Za-z])`,
  'gi',
);
const mayHold = new RegExp(`${currency}|euro|dollar`, 'i');

/** What a total is called, in the languages of Europe's suppliers. */
const totalWords =
  /(?<!\p{L})(?:(?<!sub[ -]?)total|totals?umme|gesamt\p{L}*|gesamtbetrag|rechnungsbetrag|endbetrag|zahlbetrag|bruttobetrag|fälliger betrag|amount due|balance due|amount payable|invoice amount|to pay|payable|grand total|sum of|amount of|montant|net à payer|somme|solde|importe|total a pagar|suma|totale|importo|da pagare|totaal\p{L}*|bedrag|te betalen|valor|kwota|do zapłaty|betrag|summe|payment of|zahlung von|zahlung über|überweisung)(?!\p{L})/iu;
const reach = 70;
const maxAmounts = 100;

/** A number with its group signs as a plain decimal: the last sign with one or two digits after it is the decimal one. */
export function plainDecimal(written: string): string {
  const compact = written.replace(/[ '’]/g, '');
  const decimal = /[.,](\d{1,2})$/.exec(compact);
  if (decimal) return `${compact.slice(0, decimal.index).replace(/[.,]/g, '')}.${decimal[1]}`;
  // Several digits more after a single comma or point and no groups: a precise price, unless it is three.
  const precise = /^(\d+)[.,](\d{4})$/.exec(compact);
  return precise ? `${precise[1]}.${precise[2]}` : compact.replace(/[.,]/g, '');
}

function currencyOf(sign: string): string | null {
  const plain = sign.toLowerCase().replace(/\.$/, '');
  return plain in signs ? (signs[plain] ?? null) : sign.toUpperCase();
}

/** Amounts of money with their currency, in all the ways that they are written. Time is linear in the text. */
export function findAmounts(text: string): Amount[] {
  if (!mayHold.test(text)) return [];
  const found = new Map<number, Amount>();
  const take = (written: string, sign: string, numberAt: number, at: number) => {
    const value = millionths(plainDecimal(written));
    if (value === null || found.size >= maxAmounts || found.has(numberAt)) return;
    const lead = text.slice(Math.max(0, at - reach), at);
    const line = lead.slice(lead.lastIndexOf('.') + 1);
    found.set(numberAt, {
      value,
      currency: currencyOf(sign),
      text: `${written} ${sign}`,
      total: totalWords.test(/\n\s*\n/.test(line) ? (line.split(/\n\s*\n/).at(-1) ?? '') : line),
      at,
    });
  };
  for (const match of text.matchAll(before)) {
    const [whole, sign = '', written = ''] = match;
    take(written, sign, match.index + whole.length - written.length, match.index);
  }
  for (const match of text.matchAll(after)) take(match[1] ?? '', match[2] ?? '', match.index, match.index);
  return [...found.values()];
}
