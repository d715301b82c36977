import type { AuditEntry } from '@stockade/contracts/audit';

/** Longer words are found by their beginnings, and entries by so many of their words: nobody fills an index with one entry. */
const maxWordLength = 64;
const maxWords = 2_000;
/** Shorter beginnings would fit too much. */
const minBeginning = 3;

/** An id is one word, else words are runs of letters and digits, without regard to case: `inventory.item.update` is three. */
const word = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\p{L}\p{N}]+/gu;

export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(word) ?? [];
  return words.map((found) => found.slice(0, maxWordLength));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value);
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (value !== null && typeof value === 'object')
    for (const [name, item] of Object.entries(value)) {
      // Each change has these.
      if (name !== 'before' && name !== 'after') yield name;
      yield* textsIn(item);
    }
}

/** What an entry is found by, besides its filters. */
export function wordsOfEntry({ action, actor, target, changes, ip }: AuditEntry): Set<string> {
  const words = new Set<string>();
  for (const text of textsIn([action, actor.name, actor.id, target.type, target.id, ip, changes])) {
    for (const found of wordsOf(text)) if (words.size < maxWords) words.add(found);
    if (words.size === maxWords) break;
  }
  return words;
}

/** What somebody looks for: words that must be there, and maybe the beginning of one more. */
export interface Wanted {
  words: string[];
  beginning: string | null;
}

export function parseSearch(search: string): Wanted {
  const words = wordsOf(search);
  const last = words.at(-1);
  if (last === undefined || last.length < minBeginning) return { words, beginning: null };
  return { words: words.slice(0, -1), beginning: last };
}

/** Whether an entry has what is looked for. */
export function hasWords(entry: AuditEntry, { words, beginning }: Wanted): boolean {
  const own = wordsOfEntry(entry);
  if (words.some((wanted) => !own.has(wanted))) return false;
  if (beginning === null) return true;
  for (const found of own) if (found.startsWith(beginning)) return true;
  return false;
}
