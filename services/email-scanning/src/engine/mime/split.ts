import { limits } from '../limits.ts';
import { Delimiters } from './delimiters.ts';
import { headerOf, readHeaders } from './headers.ts';
import { readStructured } from './parameters.ts';
import { type Allowance, outOfTime, type Part, tell } from './part.ts';
import { decodeTransfer, isEncoded } from './transfer.ts';

const typeLike = /^[!#-'*+\-.0-9A-Z^_`a-z{|}~]{1,100}\/[!#-'*+\-./0-9A-Z^_`a-z{|}~]{1,100}$/;
const isMessage = (type: string) =>
  type === 'message/rfc822' || type === 'message/global' || type === 'message/news';
const isMultipart = (type: string) => type.startsWith('multipart/');

function makePart(headers: Part['headers'], raw: Buffer, start: number, parent: Part | null): Part {
  const declared = headerOf(headers, 'content-type');
  const usual = parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const { value, parameters } =
    declared === undefined ? { value: usual, parameters: new Map() } : readStructured(declared);
  const given = headerOf(headers, 'content-disposition');
  const disposition = given === undefined ? null : readStructured(given);
  const name = disposition?.parameters.get('filename') ?? parameters.get('name');
  return {
    headers,
    type: typeLike.test(value) ? value : value === 'html' ? 'text/html' : usual,
    parameters,
    disposition: disposition?.value ?? null,
    filename: name?.slice(0, 500) ?? null,
    encoding: (headerOf(headers, 'content-transfer-encoding') ?? '').replace(/[\s;].*$/, '').toLowerCase(),
    ...{ raw, start, end: raw.length },
    depth: parent ? parent.depth + 1 : 0,
    children: [],
  };
}

/** Reads one entity of `raw` and everything in it, in one pass over the bytes. */
class Splitter {
  readonly #raw: Buffer;
  readonly #allowance: Allowance;
  readonly #delimiters = new Delimiters();
  /** From the root to the part that is being read. */
  #path: Part[] = [];

  constructor(raw: Buffer, allowance: Allowance) {
    this.#raw = raw;
    this.#allowance = allowance;
  }

  split(at: number, parent: Part | null): Part | null {
    let position = this.#enter(at, parent);
    const [root] = this.#path;
    while (position !== null && !outOfTime(this.#allowance)) {
      const found = this.#delimiters.next(this.#raw, position, () => !outOfTime(this.#allowance));
      if (!found) break;
      const { part } = this.#delimiters.open[found.level] ?? {};
      if (!part) break;
      const within = this.#path.indexOf(part);
      for (const ended of this.#path.slice(within + 1)) ended.end = found.before;
      this.#path.length = within + 1;
      this.#delimiters.cutTo(found.closes ? found.level : found.level + 1);
      if (found.closes) {
        // What follows belongs to none of its parts: the multipart around it goes on.
        position = found.after;
        if (this.#delimiters.open.length === 0) break;
      } else position = this.#enter(found.after, part);
    }
    if (this.#delimiters.open.length > 0)
      tell(this.#allowance, 'unclosed', 'The message ends in the middle of a part');
    return root ?? null;
  }

  /** Begins a part; those in a message part at once. Returns where its text begins; null when no more parts are read. */
  #enter(at: number, around: Part | null): number | null {
    let start = at;
    let parent = around;
    for (;;) {
      if (--this.#allowance.parts < 0) {
        tell(
          this.#allowance,
          'cut',
          `The message has more than ${limits.parts} parts; the rest was not read`,
        );
        return null;
      }
      const { headers, bodyStart } = readHeaders(
        this.#raw,
        start,
        this.#allowance,
        (line) => this.#delimiters.at(this.#raw, line) !== null,
      );
      const part = makePart(headers, this.#raw, bodyStart, parent);
      parent?.children.push(part);
      this.#path.push(part);
      if (!isMultipart(part.type) && !isMessage(part.type)) return bodyStart;
      if (part.depth >= limits.nestingDepth) {
        tell(
          this.#allowance,
          'cut',
          `The message's parts are nested more than ${limits.nestingDepth} deep; what lies deeper was not taken apart`,
        );
        return bodyStart;
      }
      if (isMultipart(part.type)) {
        const boundary = part.parameters.get('boundary')?.trimEnd();
        if (boundary && boundary.length <= 1_000) this.#delimiters.push({ part, boundary });
        return bodyStart;
      }
      if (isEncoded(part.encoding)) return bodyStart;
      start = bodyStart;
      parent = part;
    }
  }
}

/** What stands in a part that is itself encoded, which the standard forbids and some programs read. */
function splitEncoded(part: Part, allowance: Allowance): void {
  for (const child of part.children) splitEncoded(child, allowance);
  if (part.children.length > 0 || !isEncoded(part.encoding) || part.depth >= limits.nestingDepth) return;
  if (!isMessage(part.type) && !isMultipart(part.type)) return;
  const decoded = decodeTransfer(part);
  if (isMessage(part.type)) {
    new Splitter(decoded, allowance).split(0, part);
    return;
  }
  const header = `Content-Type: ${headerOf(part.headers, 'content-type') ?? ''}\n\n`;
  const whole = new Splitter(Buffer.concat([Buffer.from(header, 'latin1'), decoded]), allowance).split(
    0,
    null,
  );
  part.children.push(...(whole?.children ?? []));
}

/** Takes a message apart. Linear in its size, never throws; what goes beyond the allowance is told and left out. */
export function splitMessage(raw: Buffer, allowance: Allowance): Part {
  const root = new Splitter(raw, allowance).split(0, null) ?? makePart([], raw, 0, null);
  splitEncoded(root, allowance);
  return root;
}
