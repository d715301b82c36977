import { Worker } from 'node:worker_threads';
import type { Task } from './worker.ts';

export class TaskFailed extends Error {
  override name = 'TaskFailed';
}

/** The process ends: the task says nothing about its message, and has to be done again elsewhere. */
export class PoolClosed extends Error {
  override name = 'PoolClosed';
}

interface Waiting {
  task: Task;
  transfer: ArrayBuffer[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  job: Waiting | null;
  timer: NodeJS.Timeout | undefined;
}

export interface PoolOptions {
  size?: number;
  /** A task that takes longer is given up, and its thread with it. */
  timeoutMs?: number;
  /** A thread without work ends after so long, to give its memory back. */
  idleMs?: number;
}

const maxWaiting = 1_000;

/** A few worker threads: started when there is work, ended when there is none, replaced when a task breaks or blocks them. */
export class WorkerPool {
  readonly #threads = new Set<Thread>();
  readonly #waiting: Waiting[] = [];
  readonly #options: Required<PoolOptions>;
  #closed = false;

  constructor({ size = 2, timeoutMs = 5_000, idleMs = 30_000 }: PoolOptions = {}) {
    this.#options = { size, timeoutMs, idleMs };
  }

  /** Throws TaskFailed when the task took too long, too much memory, or failed. */
  run<T>(task: Task, transfer: ArrayBuffer[] = []): Promise<T> {
    if (this.#closed) return Promise.reject(new PoolClosed('the scanner is stopping'));
    if (this.#waiting.length >= maxWaiting)
      return Promise.reject(new TaskFailed('too much is waiting already'));
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ task, transfer, resolve: resolve as (value: unknown) => void, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new PoolClosed('the scanner is stopping'));
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, 'the scanner is stopping')));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    let thread = [...this.#threads].find(({ job }) => job === null);
    if (!thread && this.#threads.size < this.#options.size) thread = this.#start();
    const job = thread && this.#waiting.shift();
    if (!thread || !job) return;
    clearTimeout(thread.timer);
    const busy = thread;
    busy.job = job;
    busy.worker.ref();
    busy.timer = setTimeout(() => void this.#end(busy, 'it took too long'), this.#options.timeoutMs);
    busy.worker.postMessage(job.task, job.transfer);
  }

  #start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
      stdout: false,
      stderr: false,
    });
    const thread: Thread = { worker, job: null, timer: undefined };
    worker.on('message', (message: { value?: unknown; error?: string }) => this.#finish(thread, message));
    worker.on('error', (error) => void this.#end(thread, error.message));
    worker.on('exit', () => void this.#end(thread, 'its thread ended'));
    this.#threads.add(thread);
    return thread;
  }

  #finish(thread: Thread, { value, error }: { value?: unknown; error?: string }): void {
    const { job } = thread;
    thread.job = null;
    clearTimeout(thread.timer);
    thread.timer = setTimeout(() => void this.#end(thread, 'idle'), this.#options.idleMs);
    thread.timer.unref();
    // A thread without work must not keep the process alive.
    thread.worker.unref();
    if (error !== undefined) job?.reject(new TaskFailed(error));
    else job?.resolve(value);
    this.#next();
  }

  async #end(thread: Thread, reason: string): Promise<void> {
    if (!this.#threads.delete(thread)) return;
    clearTimeout(thread.timer);
    thread.job?.reject(this.#closed ? new PoolClosed(reason) : new TaskFailed(reason));
    thread.job = null;
    this.#next();
    await thread.worker.terminate();
  }
}
