import type { Job, Outcome } from './assignment.ts';
import { type Ending, Thread } from './thread.ts';

/** The process ends: the task says nothing about its message, and has to be done again elsewhere. */
export class PoolClosed extends Error {
  override name = 'PoolClosed';
}

export interface PoolOptions {
  size?: number;
  /** A message that takes longer is given up, and its thread with it. */
  timeoutMs?: number;
  /** So many threads stay when there is no work. */
  kept?: number;
  /** A further thread without work ends after so long, to give its memory back. */
  idleMs?: number;
  /**
   * A thread that has done so many tasks is replaced: what leaks does not add up. Not often: a new thread's code is slow for
   * its first ten thousand mails, until it is compiled.
   */
  tasksPerThread?: number;
  /** What runs in the threads; it talks as assignment.ts says. */
  script?: URL;
}

const scanner = new URL('./worker.ts', import.meta.url);

interface Waiting {
  job: Job;
  /** It was with others when their thread was lost: now it goes by itself, so that only what is guilty is given up. */
  alone: boolean;
  resolve(ending: Ending): void;
  reject(error: Error): void;
}

const maxWaiting = 1_000;
/** A round trip to a thread costs a tenth of a mail; but of those that go together the first waits for the last. */
const maxTogether = 8;
const stopping = 'the scanner is stopping';

/**
 * A few worker threads: started when there is work, ended when there is none but for those to keep, replaced when a task
 * breaks or blocks them.
 */
export class WorkerPool {
  readonly #threads = new Map<Thread, NodeJS.Timeout | undefined>();
  readonly #waiting: Waiting[] = [];
  readonly #options: Required<PoolOptions>;
  #closed = false;

  constructor({
    size = 2,
    kept = 0,
    timeoutMs = 3_000,
    idleMs = 30_000,
    tasksPerThread = 500_000,
    script = scanner,
  }: PoolOptions = {}) {
    this.#options = { size, kept, timeoutMs, idleMs, tasksPerThread, script };
  }

  /** Starts the threads that stay: a first mail does not wait for one to read its code. */
  warm(): void {
    while (this.#threads.size < this.#options.kept) this.#start().rest();
  }

  get size(): number {
    return this.#options.size;
  }

  /** Threads that live at the moment. */
  get alive(): number {
    return this.#threads.size;
  }

  /**
   * An outcome for each task, in their order. A task that takes its thread down fails alone: those before and after it are
   * done again without it. Rejects only when the pool is closed.
   */
  async run(job: Job): Promise<Outcome[]> {
    const { tasks } = job;
    if (tasks.length === 0) return [];
    const ending = await this.#enqueue(job);
    if ('outcomes' in ending) return [...ending.outcomes];
    if (this.#closed) throw new PoolClosed(stopping);
    const { at, reason, late } = ending;
    if (tasks.length === 1) return [{ error: reason }];
    const guilty = Math.min(Math.max(at, 0), tasks.length - 1);
    const part = (from: number, to: number) => this.run({ ...job, tasks: tasks.slice(from, to) });
    const before = await part(0, guilty);
    // A thread may also die of what came before: then the task gets a thread of its own.
    const itself = late ? [{ error: reason }] : await part(guilty, guilty + 1);
    return [...before, ...itself, ...(await part(guilty + 1, tasks.length))];
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new PoolClosed(stopping));
    await Promise.all([...this.#threads.keys()].map((thread) => thread.end(stopping)));
  }

  #enqueue(job: Job): Promise<Ending> {
    if (this.#closed) return Promise.reject(new PoolClosed(stopping));
    if (this.#waiting.length >= maxWaiting)
      return Promise.resolve({
        outcomes: job.tasks.map(() => ({ error: 'too much is waiting already' })),
      });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, alone: false, resolve, reject });
      this.#next();
    });
  }

  /**
   * An idle thread, best one that knows the tenant. When there is none, another is started if more are allowed; while it
   * reads its code, a thread at work may well be free before it.
   */
  #free(tenantKey: string | undefined): Thread | undefined {
    const idle = [...this.#threads.keys()].filter((thread) => thread.idle);
    const ready = idle.filter((thread) => thread.ready);
    const knowing = tenantKey === undefined ? undefined : ready.find((thread) => thread.knows(tenantKey));
    const best = knowing ?? ready[0];
    if (best) return best;
    if (idle.length === 0 && this.#threads.size < this.#options.size) idle.push(this.#start());
    return this.#threads.size > idle.length ? undefined : idle[0];
  }

  /** Takes the job that has waited for longest, and those of the same tenant right behind it as far as this thread's share goes. */
  #take(): Waiting[] {
    const share = Math.min(maxTogether, Math.ceil(this.#waiting.length / this.#options.size));
    const key = this.#waiting[0]?.job.tenant?.key;
    let [count, tasks] = [0, 0];
    for (const { job, alone } of this.#waiting) {
      tasks += job.tasks.length;
      if (count > 0 && (alone || tasks > share || job.tenant?.key !== key)) break;
      count++;
      if (alone) break;
    }
    return this.#waiting.splice(0, count);
  }

  #next(): void {
    const [first] = this.#waiting;
    const thread = first && this.#free(first.job.tenant?.key);
    if (!first || !thread) return;
    const together = this.#take();
    clearTimeout(this.#threads.get(thread));
    const tasks = together.flatMap(({ job }) => job.tasks);
    void thread.run({ ...first.job, tasks }).then((ending) => {
      if (this.#threads.has(thread)) this.#rest(thread);
      this.#tell(together, ending);
      this.#next();
    });
  }

  /** Tells each job its part of how their assignment ended. */
  #tell(together: readonly Waiting[], ending: Ending): void {
    const again: Waiting[] = [];
    let from = 0;
    for (const one of together) {
      const to = from + one.job.tasks.length;
      if ('outcomes' in ending) one.resolve({ outcomes: ending.outcomes.slice(from, to) });
      else if (this.#closed || together.length === 1) one.resolve(ending);
      else if (ending.late && ending.at >= from && ending.at < to)
        one.resolve({ ...ending, at: ending.at - from });
      else again.push({ ...one, alone: true });
      from = to;
    }
    this.#waiting.unshift(...again);
  }

  #start(): Thread {
    const { script, timeoutMs } = this.#options;
    const onReady = () => this.#next();
    const onLost = () => {
      clearTimeout(this.#threads.get(thread));
      this.#threads.delete(thread);
      // One that could not even read its code is not tried again and again: the next mail says why.
      if (thread.ready && !this.#closed) this.warm();
    };
    const thread: Thread = new Thread(script, timeoutMs, { onReady, onLost });
    this.#threads.set(thread, undefined);
    return thread;
  }

  #rest(thread: Thread): void {
    if (thread.done >= this.#options.tasksPerThread) {
      void thread.end('it has worked enough');
      return;
    }
    const timer = setTimeout(() => {
      if (this.#threads.size > this.#options.kept) void thread.end('idle');
    }, this.#options.idleMs);
    timer.unref();
    this.#threads.set(thread, timer);
  }
}
