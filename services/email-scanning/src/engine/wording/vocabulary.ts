import { fold } from '../reading.ts';

/** Beginnings are found by their first letters, so that a word is compared with few of them. */
const stem = 3;
const none: readonly number[] = [];

/** German mail is also written without umlauts: both spellings are the same term. */
const german: [RegExp, string][] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
];

/** Gives every word and beginning (`suspend*`) that phrases use a number. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #exact = new Map<string, number[]>();
  readonly #beginnings = new Map<string, [prefix: string, id: number][]>();

  /** The number of a word as a lexicon writes it. */
  add(written: string): number {
    const known = this.#ids.get(written);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(written, id);
    const beginning = written.endsWith('*');
    const word = beginning ? written.slice(0, -1) : written;
    const long = german.reduce((text, [letter, letters]) => text.replace(letter, letters), word);
    for (const spelling of new Set([fold(word), fold(long)])) {
      if (beginning) this.#addBeginning(spelling, id);
      else this.#exact.set(spelling, [...(this.#exact.get(spelling) ?? []), id]);
    }
    return id;
  }

  #addBeginning(prefix: string, id: number): void {
    if (prefix.length < stem) throw new Error(`"${prefix}*" is too short: it would fit too many words`);
    const key = prefix.slice(0, stem);
    this.#beginnings.set(key, [...(this.#beginnings.get(key) ?? []), [prefix, id]]);
  }

  /** The numbers of all terms that a folded word of a mail fits. */
  idsOf(token: string): readonly number[] {
    const exact = this.#exact.get(token);
    const candidates = token.length < stem ? undefined : this.#beginnings.get(token.slice(0, stem));
    if (!candidates) return exact ?? none;
    const ids = exact ? [...exact] : [];
    for (const [prefix, id] of candidates) if (token.startsWith(prefix)) ids.push(id);
    return ids.length > 0 ? ids : none;
  }
}
