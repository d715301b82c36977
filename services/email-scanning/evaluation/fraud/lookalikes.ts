import { domainToASCII } from 'node:url';
import type { Chance } from './chance.ts';

const cyrillic: Record<string, string> = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у' };
const endings = ['com', 'net', 'co', 'org', 'biz', 'eu', 'info'];
const words: Record<string, string[]> = {
  en: ['billing', 'accounts', 'payments', 'invoice'],
  de: ['rechnung', 'buchhaltung', 'zahlung', 'gmbh'],
  fr: ['facturation', 'compta', 'finance', 'groupe'],
  es: ['facturacion', 'contabilidad', 'finanzas', 'grupo'],
  it: ['fatture', 'amministrazione', 'pagamenti', 'gruppo'],
  nl: ['facturen', 'administratie', 'betaling', 'groep'],
};
const strangers = ['mail-secure.net', 'cloudpost.biz', 'hostingpoint.info', 'webaccess.site'];

const without = (text: string, at: number) => text.slice(0, at) + text.slice(at + 1);
const swapped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;

/** The ways in which a domain is imitated; each gives null for a name with which it does not work. */
const ways: Record<
  string,
  (label: string, ending: string, chance: Chance, language: string) => string | null
> = {
  'rn for m': (label, ending) => (label.includes('m') ? `${label.replace('m', 'rn')}.${ending}` : null),
  'l for i': (label, ending) => (label.includes('i') ? `${label.replace('i', 'l')}.${ending}` : null),
  'digit for letter': (label, ending) =>
    /[oe]/.test(label)
      ? `${label.replace(/[oe]/, (letter) => (letter === 'o' ? '0' : '3'))}.${ending}`
      : null,
  homoglyph: (label, ending) => {
    const changed = label.replace(/[aceopxy]/, (letter) => cyrillic[letter] ?? letter);
    return changed === label ? null : domainToASCII(`${changed}.${ending}`);
  },
  'another ending': (label, ending, chance) =>
    `${label}.${chance.pick(endings.filter((other) => other !== ending))}`,
  'a word more': (label, ending, chance, language) =>
    `${label}-${chance.pick(words[language] ?? ['billing'])}.${ending}`,
  'a word before': (label, ending, chance, language) =>
    `${chance.pick(words[language] ?? ['billing'])}${chance.pick(['-', ''])}${label}.${ending}`,
  'hyphen gone or new': (label, ending) =>
    `${label.includes('-') ? label.replace('-', '') : `${label.slice(0, 4)}-${label.slice(4)}`}.${ending}`,
  'letter gone': (label, ending, chance) => `${without(label, 1 + chance.below(label.length - 2))}.${ending}`,
  'letters swapped': (label, ending) => {
    const at = [...label].findIndex(
      (letter, index) => index > 0 && index < label.length - 1 && letter !== label[index + 1],
    );
    return at < 0 ? null : `${swapped(label, at)}.${ending}`;
  },
  'letter doubled': (label, ending, chance) => {
    const at = 1 + chance.below(label.length - 2);
    return label[at] === '-' ? null : `${label.slice(0, at)}${label[at]}${label.slice(at)}.${ending}`;
  },
  'in front of another domain': (label, ending, chance) => `${label}.${ending}.${chance.pick(strangers)}`,
};

/** A domain that passes itself off as the given one. */
export function lookalike(chance: Chance, domain: string, language: string): string {
  const dot = domain.indexOf('.');
  const [label, ending] = [domain.slice(0, dot), domain.slice(dot + 1)];
  for (;;) {
    const made = chance.pick(Object.values(ways))(label, ending, chance, language);
    if (made && made !== domain) return made;
  }
}
