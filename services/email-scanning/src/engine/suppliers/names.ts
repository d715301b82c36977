import { skeleton } from '../domains.ts';
import type { Supplier } from '../types.ts';
import { genericWords } from './generic-words.ts';

/** Legal forms and fillers say nothing about which company is meant. */
const filler = new Set(
  'gmbh ag kg kgaa ohg ug se ltd limited llc llp inc incorporated corp corporation co company sarl sas sasu sa srl sro spa snc bv nv ab oy oyj as asa aps plc sl slu sau lda sp zoo z o und and et y e en the und der die das de la le les'.split(
    ' ',
  ),
);

const maxWords = 14;
const minName = 5;

/** A name's words as they are compared: lower case, without accents, signs and legal forms. */
export function nameWords(name: string): string[] {
  return name
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !filler.has(word))
    .slice(0, maxWords);
}

/** Suppliers by what they are called. */
export interface NameIndex {
  /** The supplier whose whole name stands in a display name, also in letters that only look like it. */
  named(displayName: string): Supplier | null;
  /** Suppliers whose whole name stands in a text; words are folded. */
  mentioned(words: readonly string[]): Supplier[];
}

const key = (words: readonly string[]) => skeleton(words.join(''));

/** Whether a name tells which company is meant. */
const telling = (words: readonly string[]) =>
  words.join('').length >= minName && words.some((word) => !genericWords.has(word) && word.length > 2);

export function nameIndex(suppliers: readonly Supplier[]): NameIndex {
  const byKey = new Map<string, Supplier>();
  const byFirstWord = new Map<string, { words: string[]; supplier: Supplier }[]>();
  let longest = 0;
  for (const supplier of suppliers) {
    const words = nameWords(supplier.name);
    const [first] = words;
    if (first === undefined || !telling(words)) continue;
    longest = Math.max(longest, words.length);
    if (!byKey.has(key(words))) byKey.set(key(words), supplier);
    const same = byFirstWord.get(first);
    if (same) same.push({ words, supplier });
    else byFirstWord.set(first, [{ words, supplier }]);
  }
  return {
    named(displayName) {
      if (byKey.size === 0) return null;
      const words = nameWords(displayName);
      for (let from = 0; from < words.length; from++) {
        for (let to = Math.min(words.length, from + longest + 1); to > from; to--) {
          const supplier = byKey.get(key(words.slice(from, to)));
          if (supplier) return supplier;
        }
      }
      return null;
    },
    mentioned(words) {
      const found = new Set<Supplier>();
      if (byFirstWord.size === 0) return [];
      words.forEach((word, at) => {
        for (const candidate of byFirstWord.get(word) ?? []) {
          let next = at;
          // Legal forms may stand in between: "Meier & Söhne", "Meier GmbH & Co".
          const stands = candidate.words.every((wanted) => {
            while (next > at && filler.has(words[next] ?? '') && words[next] !== wanted) next++;
            return words[next++] === wanted;
          });
          if (stands) found.add(candidate.supplier);
        }
      });
      return [...found].slice(0, 10);
    },
  };
}
