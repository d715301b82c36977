import { Vocabulary } from './vocabulary.ts';

export interface Node {
  id: number;
  next: Map<number, Node[]> | null;
  any: Node[] | null;
  /** What the phrase that ends here says; null where none ends. */
  says: number | null;
  /** The round of a search in which it was last reached. */
  seen: number;
}

let nodes = 0;
const node = (): Node => ({ id: nodes++, next: null, any: null, says: null, seen: 0 });

function connect(from: Node, term: number, to: Node): void {
  from.next ??= new Map();
  const targets = from.next.get(term);
  if (targets) targets.push(to);
  else from.next.set(term, [to]);
}

function connectAny(from: Node, to: Node): void {
  from.any ??= [];
  from.any.push(to);
}

const sign = /[()|~]|[^\s'’()|~]+/g;

/** A line being read: its signs and how far. */
interface Line {
  text: string;
  signs: readonly string[];
  at: number;
}

/**
 * Phrases as a graph: a path from the root along a mail's words that comes to an end is a phrase found. Alternatives lead to the same
 * node, so the graph grows with the lexicons' text and not with the number of phrases that they spell out.
 */
export class PhraseGraph {
  readonly vocabulary = new Vocabulary();
  readonly root = node();

  /** Adds a line of a lexicon (see Lexicon). `says`: the number that a mail's hits of it are reported by. */
  add(text: string, says: number): void {
    const line = { text, signs: text.match(sign) ?? [], at: 0 };
    const ends = this.#sequence(line, [this.root], node());
    if (line.at < line.signs.length) throw new Error(`"${text}" has a sign too many`);
    if (ends.includes(this.root)) throw new Error(`"${text}" would fit everything`);
    for (const end of ends) end.says = says;
  }

  /** One word after another, up to the end of the alternative; where there is a last word, it leads to `last`. */
  #sequence(line: Line, from: readonly Node[], last: Node): Node[] {
    let ends = [...from];
    for (;;) {
      const next = line.signs[line.at];
      if (next === undefined || next === '|' || next === ')') return ends;
      line.at++;
      const after = line.signs[line.at];
      const to = next !== '(' && (after === undefined || after === '|' || after === ')') ? last : node();
      ends = this.#element(line, next, ends, to);
    }
  }

  #element(line: Line, sign: string, from: readonly Node[], to: Node): Node[] {
    if (sign === '(') return this.#group(line, from, to);
    if (sign === '~') {
      const one = node();
      for (const end of from) connectAny(end, one);
      connectAny(one, to);
      return [...from, one, to];
    }
    for (const end of from) {
      if (sign === '_') connectAny(end, to);
      else connect(end, this.vocabulary.add(sign), to);
    }
    return [to];
  }

  /** Alternatives, which all lead to the same node. */
  #group(line: Line, from: readonly Node[], to: Node): Node[] {
    const ends = new Set<Node>();
    for (let open = true; open; line.at++) {
      for (const end of this.#sequence(line, from, to)) ends.add(end);
      const closing = line.signs[line.at];
      if (closing === undefined) throw new Error(`"${line.text}" has an open bracket`);
      open = closing === '|';
    }
    return [...ends];
  }
}
