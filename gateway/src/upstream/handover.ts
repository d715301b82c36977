import { setTimeout as delay } from 'node:timers/promises';
import { endingHeader, endingPath } from '@stockade/contracts';
import type { Pool } from 'undici';
import { bodyText, exchange, type UpstreamAnswer } from './exchange.ts';

/** How long calls are held for a service that said it ends: as long as they would wait for its answer. */
const heldMs = 30_000;
const probeMs = 50;
const probeTimeoutMs = 1_000;
/** A service answers within 20 s when it does not end. */
const watchTimeoutMs = 30_000;
const pauseMs = 500;

const ask = (pool: Pool, path: string, timeoutMs: number) =>
  exchange(pool, { method: 'GET', path, headers: {}, body: null }, timeoutMs);

export const isEnding = ({ headers }: UpstreamAnswer): boolean => headers[endingHeader] !== undefined;

/**
 * The connections to a service, past its restarts. When it says that it is about to end, no more calls are sent to it: those
 * under way are answered, new ones wait until it, or another in its place, is ready. Only so is none of them lost or
 * carried out without an answer: a connection that breaks under a call does not tell.
 */
export class Handover {
  readonly #open: () => Pool;
  readonly #stopped = new AbortController();
  #pool: Pool;
  #back: Promise<void> | null = null;

  constructor(open: () => Pool) {
    this.#open = open;
    this.#pool = open();
  }

  /** Where calls go now. */
  get pool(): Pool {
    return this.#pool;
  }

  /** Resolves when the service may be called; at once unless it is being replaced. */
  get ready(): Promise<void> | null {
    return this.#back;
  }

  /** The service said that it ends. Its connections are closed from here, once what they carry is answered. */
  noteEnding(): void {
    if (this.#back || this.#stopped.signal.aborted) return;
    const old = this.#pool;
    this.#pool = this.#open();
    old.close().catch(() => {});
    this.#back = this.#untilReady().finally(() => {
      this.#back = null;
    });
  }

  /** Waits to hear that the service ends, again and again, whether or not there are calls. */
  async watch(): Promise<void> {
    const pool = this.#open();
    const { signal } = this.#stopped;
    signal.addEventListener('abort', () => pool.destroy().catch(() => {}));
    while (!signal.aborted) {
      const ending = await ask(pool, endingPath, watchTimeoutMs)
        .then((answer) => bodyText(answer).then(() => isEnding(answer)))
        .catch(() => false);
      if (ending) this.noteEnding();
      await this.#back;
      // A service that is away, or does not know the question, is not asked in a loop.
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#pool.destroy();
  }

  async #untilReady(): Promise<void> {
    const until = performance.now() + heldMs;
    while (performance.now() < until && !this.#stopped.signal.aborted) {
      const isReady = await ask(this.#pool, '/health/ready', probeTimeoutMs)
        .then((answer) => bodyText(answer).then(() => answer.statusCode === 200 && !isEnding(answer)))
        .catch(() => false);
      if (isReady) return;
      await delay(probeMs);
    }
  }
}
