/** So many of somebody's calls may wait for a place: with those that have one fewer than fill the gateway. */
const mostWaiting = 300;
const waitMs = 5_000;

interface Line {
  taken: number;
  /** Those who wait, in their order. */
  readonly waiting: Set<(got: boolean) => void>;
}

/** Places for calls that are made at once: each has its own, and who has none waits for one of his. */
export class Places {
  readonly #each: number;
  readonly #lines = new Map<string, Line>();

  constructor(each: number) {
    this.#each = each;
  }

  /** False when too many wait already, or when none became free in time. */
  async take(who: string): Promise<boolean> {
    const line = this.#lines.get(who) ?? { taken: 0, waiting: new Set() };
    this.#lines.set(who, line);
    if (line.taken < this.#each) {
      line.taken++;
      return true;
    }
    if (line.waiting.size >= mostWaiting) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    line.waiting.add(resolve);
    const timer = setTimeout(() => {
      line.waiting.delete(resolve);
      resolve(false);
    }, waitMs);
    const got = await promise;
    clearTimeout(timer);
    return got;
  }

  /** Who has waited longest gets it. */
  giveBack(who: string): void {
    const line = this.#lines.get(who);
    if (!line) return;
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next(true);
    } else if (--line.taken === 0) this.#lines.delete(who);
  }
}
