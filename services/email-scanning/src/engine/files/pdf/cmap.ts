/** What a font's codes mean: how many bytes a code has, and its characters. */
export interface CodeMap {
  codeBytes: 1 | 2;
  characters: Map<number, string>;
}

const maxCodes = 20_000;

const utf16 = (hex: string): string => {
  const digits = hex.replace(/[^0-9a-f]/gi, '').slice(0, 64);
  const bytes = Buffer.from(
    digits.length % 4 ? digits.padStart(Math.ceil(digits.length / 4) * 4, '0') : digits,
    'hex',
  );
  return bytes.swap16().toString('utf16le');
};

/** The next character, for ranges that name only their first. */
const shifted = (text: string, by: number): string => {
  const last = text.codePointAt(text.length - 1) ?? 0;
  return text.slice(0, -1) + String.fromCodePoint(Math.min(last + by, 0xffff));
};

const code = '<\\s*([0-9a-fA-F]{1,8})\\s*>';
const single = new RegExp(`${code}\\s*<([^<>]{0,200})>`, 'g');
const range = new RegExp(`${code}\\s*${code}\\s*(?:<([^<>]{0,200})>|\\[([^\\]]{0,20000})\\])`, 'g');

/** The parts of a text between two words, without a regular expression that could look far for the second. */
function* sections(text: string, begin: string, end: string): Generator<string> {
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    const to = text.indexOf(end, at);
    yield text.slice(at + begin.length, to < 0 ? undefined : to);
    if (to < 0) return;
    at = to;
  }
}

/** Reads a ToUnicode map (ISO 32000-1, 9.10.3). */
export function readCodeMap(text: string): CodeMap {
  const characters = new Map<number, string>();
  const [space = ''] = sections(text, 'begincodespacerange', 'endcodespacerange');
  const width = /<\s*([0-9a-fA-F]+)\s*>/.exec(space)?.[1]?.length ?? 4;
  const set = (number: number, value: string) => {
    if (characters.size < maxCodes) characters.set(number, value);
  };
  for (const section of sections(text, 'beginbfchar', 'endbfchar'))
    for (const [, from = '', to = ''] of section.matchAll(single)) set(Number.parseInt(from, 16), utf16(to));
  for (const section of sections(text, 'beginbfrange', 'endbfrange'))
    for (const [, from = '', to = '', first, list] of section.matchAll(range)) {
      const start = Number.parseInt(from, 16);
      const count = Math.min(Number.parseInt(to, 16) - start + 1, maxCodes);
      if (first !== undefined) {
        const character = utf16(first);
        for (let index = 0; index < count && characters.size < maxCodes; index++)
          set(start + index, shifted(character, index));
      } else
        [...(list ?? '').matchAll(/<([^<>]{0,200})>/g)].slice(0, count).forEach(([, value = ''], index) => {
          set(start + index, utf16(value));
        });
    }
  return { codeBytes: width <= 2 ? 1 : 2, characters };
}
