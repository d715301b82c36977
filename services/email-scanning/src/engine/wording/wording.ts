import type { CheckContext, Reading } from '../types.ts';
import { type Concept, concepts, type Lexicon } from './concepts.ts';
import { type Language, languageOf } from './language.ts';
import { de } from './lexicon/de.ts';
import { en } from './lexicon/en.ts';
import { es } from './lexicon/es.ts';
import { fr } from './lexicon/fr.ts';
import { it } from './lexicon/it.ts';
import { nl } from './lexicon/nl.ts';
import { pl } from './lexicon/pl.ts';
import { pt } from './lexicon/pt.ts';
import { PhraseGraph } from './phrase-graph.ts';
import { PhraseSearch } from './phrase-search.ts';
import { tokensOf } from './tokens.ts';

/** What a text talks about. */
export interface Wording {
  /** The words that were looked at. */
  tokens: readonly string[];
  language: Language | null;
  /** Places (index in tokens, of a phrase's last word) where a concept is spoken of, in order; empty when it is not. */
  at(concept: Concept): readonly number[];
  has(...anyOf: Concept[]): boolean;
  /** How many of these are spoken of. */
  count(...of: Concept[]): number;
  /** Whether both are spoken of with at most `words` words between them. */
  near(a: Concept, b: Concept, words: number): boolean;
  /** Some words from where each of these is first spoken of, for people to see. */
  passages(...of: Concept[]): string[];
}

const lexicons: readonly Lexicon[] = [en, de, fr, es, it, nl, pl, pt];

function compile(): PhraseSearch {
  const graph = new PhraseGraph();
  for (const lexicon of lexicons) {
    for (const [index, concept] of concepts.entries()) {
      for (const line of lexicon[concept]?.split('\n') ?? []) if (line.trim() !== '') graph.add(line, index);
    }
  }
  return new PhraseSearch(graph);
}

const phrases = compile();
const nowhere: readonly number[] = [];
/** Of one concept more places than these tell nothing more. */
const maxPlaces = 50;
const passageWords = 6;
const maxPassages = 6;

/** Finds what words talk about; `words` as in Reading. One pass, linear in their number. */
export function wordingOfWords(words: readonly string[]): Wording {
  const tokens = tokensOf(words);
  const places = new Map<Concept, number[]>();
  phrases.search(tokens, (says, at) => {
    const concept = concepts[says]!;
    const known = places.get(concept);
    if (!known) places.set(concept, [at]);
    else if (at - known.at(-1)! > 1 && known.length < maxPlaces) known.push(at);
  });
  const at = (concept: Concept) => places.get(concept) ?? nowhere;
  return {
    tokens,
    language: languageOf(tokens),
    at,
    has: (...anyOf) => anyOf.some((concept) => places.has(concept)),
    count: (...of) => of.filter((concept) => places.has(concept)).length,
    near: (a, b, distance) => at(a).some((one) => at(b).some((other) => Math.abs(one - other) <= distance)),
    passages: (...of) =>
      [...new Set(of)]
        .flatMap((concept) => at(concept)[0] ?? [])
        .sort((a, b) => a - b)
        .slice(0, maxPassages)
        .map((end) => tokens.slice(Math.max(0, end + 1 - passageWords), end + 1).join(' ')),
  };
}

const known = new WeakMap<Reading, Wording>();

/** What a mail talks about; found once for each message, however many checks ask. */
export function wordingOf({ reading }: Pick<CheckContext, 'reading'>): Wording {
  let wording = known.get(reading);
  if (!wording) {
    wording = wordingOfWords(reading.words);
    known.set(reading, wording);
  }
  return wording;
}
