import { type Feed, maxFeedBytes, maxIndicators } from '@stockade/contracts/email-scanning';
import { indicatorHash } from './indicator.ts';
import { lineReaders } from './line-formats.ts';

/** Why a feed's content, or the way to it, is of no use; the message is for people. */
export class BadFeed extends Error {
  override name = 'BadFeed';
}

const maxLine = 16_384;
const mib = 1024 * 1024;

/** The lines of a text as it comes, without their ends, many at a time; bounded in length and in all. */
async function* lines(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let rest = '';
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new BadFeed(`It is larger than ${maxBytes / mib} MiB.`);
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    if (rest.length > maxLine) throw new BadFeed('It is no list: it has a line of over 16,384 characters.');
    yield pieces;
  }
  yield [rest + decoder.decode()];
}

/** Numbers that grow in place: a feed's million as objects would be a hundred times as much. */
class HashList {
  #values = new BigInt64Array(1_024);
  #length = 0;

  add(value: bigint): void {
    if (this.#length === this.#values.length) {
      const larger = new BigInt64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** In order, each once. */
  sorted(): BigInt64Array {
    const sorted = this.#values.subarray(0, this.#length).sort();
    let kept = 0;
    for (let at = 0; at < sorted.length; at++)
      if (at === 0 || sorted[at] !== sorted[kept - 1]) sorted[kept++] = sorted[at] as bigint;
    return sorted.slice(0, kept);
  }
}

export interface FeedLimits {
  maxBytes: number;
  maxCount: number;
}

const limits: FeedLimits = { maxBytes: maxFeedBytes, maxCount: maxIndicators };

const comment = /^(#|!|;|\/\/)/;

/**
 * The indicators of a feed's content as sorted hashes. Throws `BadFeed` when there are none or too many, and when more
 * lines are none of the format than are: it is something else then, an error page or another format.
 */
export async function readFeed(
  format: Feed['format'],
  source: AsyncIterable<Uint8Array>,
  { maxBytes, maxCount }: FeedLimits = limits,
): Promise<BigInt64Array> {
  const tooMany = () => new BadFeed(`It has more than ${maxCount} indicators.`);
  const readLine = lineReaders[format]();
  const hashes = new HashList();
  let understood = 0;
  let strange = 0;
  const take = (line: string) => {
    if (line === '' || (comment.test(line) && format !== 'urlhaus-csv')) return;
    if (line.includes('\0')) throw new BadFeed('It is no text.');
    const indicators = line.length > maxLine ? null : readLine(line);
    if (indicators === null) strange++;
    else understood++;
    for (const indicator of indicators ?? []) hashes.add(indicatorHash(indicator));
    // Twice as many may still be few enough when each is named twice.
    if (hashes.length > maxCount * 2) throw tooMany();
  };
  for await (const some of lines(source, maxBytes))
    for (const line of some) take(line.trim().replace(/^\ufeff/, ''));
  if (strange > understood)
    throw new BadFeed(
      `It is not of the format ${format}: ${strange} lines are none of it, ${understood} are.`,
    );
  const sorted = hashes.sorted();
  if (sorted.length === 0) throw new BadFeed('It is empty.');
  if (sorted.length > maxCount) throw tooMany();
  return sorted;
}

/** What differs of two sorted lists. */
export function difference(
  before: BigInt64Array,
  after: BigInt64Array,
): { added: bigint[]; removed: bigint[] } {
  const added: bigint[] = [];
  const removed: bigint[] = [];
  let [b, a] = [0, 0];
  while (b < before.length || a < after.length) {
    const [old, fresh] = [before[b], after[a]];
    if (old !== undefined && (fresh === undefined || old < fresh)) {
      removed.push(old);
      b++;
    } else if (fresh !== undefined && (old === undefined || fresh < old)) {
      added.push(fresh);
      a++;
    } else {
      a++;
      b++;
    }
  }
  return { added, removed };
}
