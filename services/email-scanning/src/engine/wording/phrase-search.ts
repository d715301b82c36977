import type { Node, PhraseGraph } from './phrase-graph.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Phrases of which the last words may be the beginning, and where one more word leads. */
interface State {
  nodes: readonly Node[];
  /** What the phrases say that end here. */
  says: readonly number[];
  /** By kind of word. */
  next: Map<number, State>;
}

/** What is remembered is forgotten when it is so much, so that no mail can fill the memory. */
const maxStates = 60_000;
const maxWords = 40_000;
/** Longer words are not remembered: they may hold on to the whole text that they were cut out of. */
const maxLength = 12;

/** Mixes all bits of a 32-bit number into each other; no two come out the same (the end of MurmurHash3). */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A number for a set of nodes, whatever their order: 53 bits, so that two sets with the same one do not occur (Zobrist's hashing). */
function keyOf(nodes: readonly Node[]): number {
  let high = 0;
  let low = 0;
  for (const { id } of nodes) {
    high ^= mix(id + 1);
    low ^= mix((id + 1) ^ 0x9e3779b1);
  }
  return (high >>> 0) * 0x200000 + (low >>> 11);
}

/** Kinds of words: those that fit the same terms are the same to all phrases. Kind 0 fits none. */
class WordKinds {
  readonly #vocabulary: Vocabulary;
  readonly #kinds = new Map<string, number>([['', 0]]);
  readonly #terms: (readonly number[])[] = [[]];
  readonly #known = new Map<string, number>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  kindOf(word: string): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const terms = this.#vocabulary.idsOf(word);
    const key = terms.join();
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      kind = this.#terms.push(terms) - 1;
      this.#kinds.set(key, kind);
    }
    if (word.length <= maxLength) {
      if (this.#known.size >= maxWords) this.#known.clear();
      this.#known.set(word, kind);
    }
    return kind;
  }

  termsOf(kind: number): readonly number[] {
    return this.#terms[kind] ?? [];
  }
}

/**
 * Finds all phrases of a graph in one pass: an automaton whose states are made when a text first needs them (as in RE2), so that a word
 * mostly costs two look-ups. What no text needs is never made; what is new costs as much as the phrases that are under way.
 */
export class PhraseSearch {
  readonly #root: Node;
  readonly #kinds: WordKinds;
  readonly #states = new Map<number, State>();
  #round = 0;
  #start: State = { nodes: [], says: [], next: new Map() };

  constructor({ root, vocabulary }: PhraseGraph) {
    this.#root = root;
    this.#kinds = new WordKinds(vocabulary);
  }

  /** Reports every phrase found with the place of its last word. Time is linear. */
  search(words: readonly string[], report: (says: number, at: number) => void): void {
    let state = this.#start;
    for (let at = 0; at < words.length; at++) {
      const kind = this.#kinds.kindOf(words[at]!);
      // Most words fit nothing and come where no phrase is under way.
      if (kind === 0 && state.nodes.length === 0) continue;
      state = state.next.get(kind) ?? this.#step(state, kind);
      for (const says of state.says) report(says, at);
    }
  }

  #step(from: State, kind: number): State {
    const terms = this.#kinds.termsOf(kind);
    const reached: Node[] = [];
    this.#round++;
    for (const node of from.nodes) {
      if (node.any) this.#reach(node.any, reached);
      this.#follow(node, terms, reached);
    }
    this.#follow(this.#root, terms, reached);
    const state = this.#stateOf(reached);
    from.next.set(kind, state);
    return state;
  }

  #follow({ next }: Node, terms: readonly number[], reached: Node[]): void {
    if (next === null) return;
    for (const term of terms) {
      const nodes = next.get(term);
      if (nodes) this.#reach(nodes, reached);
    }
  }

  #reach(nodes: readonly Node[], reached: Node[]): void {
    for (const node of nodes) {
      if (node.seen === this.#round) continue;
      node.seen = this.#round;
      reached.push(node);
    }
  }

  #stateOf(nodes: readonly Node[]): State {
    if (nodes.length === 0) return this.#start;
    const key = keyOf(nodes);
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= maxStates) {
      this.#states.clear();
      this.#start = { nodes: [], says: [], next: new Map() };
    }
    const says: number[] = [];
    for (const node of nodes) if (node.says !== null && !says.includes(node.says)) says.push(node.says);
    const state = { nodes, says, next: new Map<number, State>() };
    this.#states.set(key, state);
    return state;
  }
}
