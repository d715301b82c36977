/** Names of glyphs that are not their own letter (Adobe Glyph List, what Western languages and prices need). */
const names: Record<string, string> = {
  space: ' ',
  period: '.',
  comma: ',',
  colon: ':',
  semicolon: ';',
  hyphen: '-',
  minus: '-',
  slash: '/',
  underscore: '_',
  at: '@',
  ampersand: '&',
  numbersign: '#',
  percent: '%',
  plus: '+',
  equal: '=',
  question: '?',
  exclam: '!',
  quotesingle: "'",
  quotedbl: '"',
  quoteright: '’',
  quoteleft: '‘',
  quotedblleft: '“',
  quotedblright: '”',
  parenleft: '(',
  parenright: ')',
  dollar: '$',
  sterling: '£',
  euro: '€',
  Euro: '€',
  endash: '–',
  emdash: '—',
  bullet: '•',
  ellipsis: '…',
  section: '§',
  fi: 'fi',
  fl: 'fl',
  ff: 'ff',
  ffi: 'ffi',
  germandbls: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  oslash: 'ø',
  Oslash: 'Ø',
  aring: 'å',
  Aring: 'Å',
  ccedilla: 'ç',
  Ccedilla: 'Ç',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};

const accents: Record<string, string> = {
  acute: '\u0301',
  grave: '\u0300',
  circumflex: '\u0302',
  dieresis: '\u0308',
  tilde: '\u0303',
  caron: '\u030c',
  ogonek: '\u0328',
};

/** The character that a glyph's name stands for; empty when it says nothing. */
export function glyphText(name: string): string {
  if (name.length === 1) return name;
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  if (known !== undefined) return known;
  const code = /^(?:uni|u)([0-9A-F]{4,5})$/.exec(name)?.[1];
  if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0xffff));
  const [, letter = '', accent = ''] = /^([A-Za-z])([a-z]{4,10})$/.exec(name) ?? [];
  return Object.hasOwn(accents, accent) ? `${letter}${accents[accent]}`.normalize('NFC') : '';
}
