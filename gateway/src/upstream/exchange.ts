import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { NoConnection, StartedLate, UpstreamFailure } from './breaker.ts';

export interface UpstreamRequest {
  method: string;
  /** With its query. */
  path: string;
  /** In lower case. */
  headers: Record<string, string>;
  body: Buffer | string | null;
}

export interface UpstreamAnswer {
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  /** A short answer as a whole, a long one as it comes. */
  body: Buffer | Readable;
}

/** Up to here an answer is handed on as a whole: a stream costs more than all the rest of a call. */
const wholeBytes = 64 * 1024;

/** How slowly an answer may be taken: a reader who is slower keeps a connection from everybody else. */
export interface ReaderRules {
  /** So long nothing at all may be taken. */
  stallMs: number;
  /** So much in the mean of the time that was spent waiting for the reader, beyond the first `stallMs`. */
  bytesPerSecond: number;
}

const readerRules: ReaderRules = { stallMs: 30_000, bytesPerSecond: 16 * 1024 };

const isBodiless = (statusCode: number) => statusCode === 204 || statusCode === 304;

/**
 * One request to a service, and its answer. Fails with UpstreamFailure when the answer has not begun in time; the wait for a
 * free connection counts, but is not the service's fault: NoConnection when there was none, StartedLate when it took most of
 * the time. Of an answer that has begun each part has as much time again, and a short one as much for the rest; its reader
 * has what the rules give.
 */
class Exchange implements Dispatcher.DispatchHandler {
  /** All of the pool's connections are taken. */
  isQueued = false;
  readonly #resolve: (answer: UpstreamAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #timeoutMs: number;
  readonly #rules: ReaderRules;
  readonly #madeAt = performance.now();
  #startedAt = 0;
  #controller: Dispatcher.DispatchController | null = null;
  #failure: Error | null = null;
  #answer: UpstreamAnswer | null = null;
  #stream: Readable | null = null;
  #parts: Buffer[] = [];
  /** Since when its reader takes nothing; null while he does. */
  #pausedAt: number | null = null;
  #pausedMs = 0;
  #bytes = 0;
  #ended = false;

  constructor(
    { timeoutMs, rules }: { timeoutMs: number; rules: ReaderRules },
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#timeoutMs = timeoutMs;
    this.#rules = rules;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(giveUp, timeoutMs, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#startedAt = performance.now();
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: UpstreamAnswer['headers'],
  ): void {
    if (statusCode < 200) return;
    this.#timer.refresh();
    const length = isBodiless(statusCode) ? 0 : Number(headers['content-length'] ?? Number.NaN);
    this.#answer = { statusCode, headers, body: emptyBody };
    if (length <= wholeBytes) return;
    this.#stream = this.#openStream();
    this.#resolve({ statusCode, headers, body: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, part: Buffer): void {
    if (!this.#stream) {
      this.#parts.push(part);
      return;
    }
    this.#timer.refresh();
    this.#bytes += part.length;
    if (this.#stream.push(part)) return;
    this.#pausedAt = performance.now();
    controller.pause();
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    if (this.#stream) {
      this.#stream.push(null);
      return;
    }
    const answer = this.#answer as UpstreamAnswer;
    const [first] = this.#parts;
    if (first) answer.body = this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    this.#resolve(answer);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    if (this.#stream) this.#stream.destroy(error);
    else this.#reject(this.#failure ?? error);
  }

  /** The time is over. */
  giveUp(): void {
    // Its reader is slow, not the service.
    if (this.#pausedAt !== null) {
      if (this.#isReaderTooSlow(this.#pausedAt)) this.#controller?.abort(tooSlow());
      else this.#timer.refresh();
      return;
    }
    this.#failure = this.#reasonOfNone();
    // Still waiting for a connection: when it gets one it is ended at once.
    if (this.#controller) this.#controller.abort(this.#failure);
    else this.#reject(this.#failure);
  }

  /** Why there is no answer: all of the time went by without a connection, most of it, or the service was slow. */
  #reasonOfNone(): Error {
    if (this.isQueued && !this.#controller) return new NoConnection('no connection became free in time');
    const isLate = this.isQueued && !this.#answer && this.#startedAt - this.#madeAt > this.#timeoutMs / 2;
    return isLate
      ? new StartedLate('no answer in the rest of the time')
      : new UpstreamFailure('no answer in time');
  }

  #isReaderTooSlow(pausedAt: number): boolean {
    const { stallMs, bytesPerSecond } = this.#rules;
    const pausedMs = performance.now() - pausedAt;
    return pausedMs > stallMs || this.#pausedMs + pausedMs > stallMs + (this.#bytes / bytesPerSecond) * 1_000;
  }

  #goOn(pausedAt: number): void {
    if (this.#isReaderTooSlow(pausedAt)) {
      this.#controller?.abort(tooSlow());
      return;
    }
    this.#pausedMs += performance.now() - pausedAt;
    this.#pausedAt = null;
    this.#timer.refresh();
    this.#controller?.resume();
  }

  #openStream(): Readable {
    return new Readable({
      read: () => {
        if (!this.#ended && this.#pausedAt !== null) this.#goOn(this.#pausedAt);
      },
      destroy: (error, done) => {
        clearTimeout(this.#timer);
        if (!this.#ended) this.#controller?.abort(error ?? new Error('the reader has gone'));
        done(error);
      },
    });
  }
}

const tooSlow = () => new Error('the reader is too slow');
const giveUp = (exchange: Exchange) => exchange.giveUp();
const emptyBody = Buffer.alloc(0);

/** Sends a request over one of the pool's connections. */
export function exchange(
  pool: Pool,
  request: UpstreamRequest,
  timeoutMs: number,
  rules = readerRules,
): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new Exchange({ timeoutMs, rules }, resolve, reject);
    handler.isQueued = !pool.dispatch(
      {
        method: request.method as Dispatcher.HttpMethod,
        path: request.path,
        headers: request.headers,
        body: request.body,
        // The exchange has a clock of its own: undici's starts only when a connection is free, and leaves an object behind with
        // each call that lives long enough to become work for the collector.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  });
}

/** The whole of an answer's body. */
export async function bodyText({ body }: UpstreamAnswer): Promise<string> {
  return (Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray())).toString('utf8');
}
