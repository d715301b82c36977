/** Milliseconds of CPU time that this thread has used. */
export function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * CPU time that this thread may still use, from now on. Limits on a message's work are measured with it: a busy machine must
 * not make honest mail look as if it took too long.
 */
export class Deadline {
  readonly #milliseconds: number;
  readonly #begunAt = performance.now();
  readonly #usedBefore = threadMilliseconds();

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** A thread uses no more CPU time than passes: only when that is up too the operating system is asked, which is slow. */
  get isOver(): boolean {
    return (
      performance.now() - this.#begunAt > this.#milliseconds &&
      threadMilliseconds() - this.#usedBefore > this.#milliseconds
    );
  }
}
