import type { FastifyInstance } from 'fastify';

const windowMs = 60_000;
const linesOfStatus = 100;

/**
 * For lines that anybody can cause as often as they like: in a minute the first of each status are written, and the others
 * counted in one line when it is over. Else a flood would fill the disk.
 */
export class LineSampler {
  readonly #tell: (leftOut: Record<string, number>) => void;
  readonly #seen = new Map<number, number>();
  #window: NodeJS.Timeout | undefined;

  constructor(app: FastifyInstance, message: string) {
    this.#tell = (leftOut) => app.log.warn({ leftOut }, message);
    app.addHook('onClose', async () => this.#summarize());
  }

  /** Whether the line is to be written; if not, it was counted. */
  admits(status: number): boolean {
    this.#window ??= setTimeout(() => this.#summarize(), windowMs).unref();
    const seen = (this.#seen.get(status) ?? 0) + 1;
    this.#seen.set(status, seen);
    return seen <= linesOfStatus;
  }

  #summarize(): void {
    clearTimeout(this.#window);
    this.#window = undefined;
    const leftOut = [...this.#seen].filter(([, seen]) => seen > linesOfStatus);
    this.#seen.clear();
    if (leftOut.length > 0)
      this.#tell(Object.fromEntries(leftOut.map(([status, seen]) => [status, seen - linesOfStatus])));
  }
}
