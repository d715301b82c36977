import { Worker } from 'node:worker_threads';
import type { Assignment, Job, Outcome, Report, Task, ThreadData } from './assignment.ts';
import { KeptTenants } from './kept-tenants.ts';

/** How an assignment ended. `at`: the task that was being worked on when the thread was lost. */
export type Ending = { outcomes: readonly Outcome[] } | { at: number; reason: string; late: boolean };

const megabytes = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const startMs = 30_000;

interface Running {
  resolve(ending: Ending): void;
  seen: number;
  seenAt: number;
}

interface Callbacks {
  /** It can be given work that was waiting. */
  onReady(): void;
  onLost(): void;
}

/** A copy of the bytes alone: a small buffer shares its memory with others, which must not go along. */
function packed(task: Task): Task {
  return task.kind === 'scan' ? task : { ...task, bytes: new Uint8Array(task.bytes) };
}

/** One worker thread: does one assignment at a time, and is lost when a task of it breaks it or takes too long. */
export class Thread {
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));
  readonly #tenants = new KeptTenants<true>();
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #callbacks: Callbacks;
  /** Whether it has read its code. */
  ready = false;
  #running: Running | null = null;
  #watch: NodeJS.Timeout | undefined;
  #lost = false;
  /** Tasks that it has done. */
  done = 0;

  constructor(script: URL, timeoutMs: number, callbacks: Callbacks) {
    this.#timeoutMs = timeoutMs;
    this.#callbacks = callbacks;
    const workerData: ThreadData = { begun: this.#begun.buffer as SharedArrayBuffer };
    this.#worker = new Worker(script, {
      workerData,
      resourceLimits: megabytes,
      stdout: false,
      stderr: false,
    });
    this.#worker.on('message', (report: Report) => this.#take(report));
    this.#worker.on('error', (error) => void this.end(error.message));
    this.#worker.on('exit', () => void this.end('its thread ended'));
  }

  get idle(): boolean {
    return this.#running === null;
  }

  knows(tenantKey: string): boolean {
    return this.#tenants.has(tenantKey);
  }

  /** Never rejects. Only when idle. */
  run({ tasks, tenant }: Job): Promise<Ending> {
    if (this.#lost) return Promise.resolve({ at: -1, reason: 'its thread ended', late: false });
    const missing = tenant && !this.#tenants.has(tenant.key) ? tenant : undefined;
    if (tenant) this.#tenants.use(tenant.key, true);
    const own = tasks.map(packed);
    const assignment: Assignment = { tasks: own, tenantKey: tenant?.key, tenant: missing };
    Atomics.store(this.#begun, 0, 0);
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#running = { resolve, seen: 0, seenAt: performance.now() };
      this.#look();
      this.#worker.postMessage(
        assignment,
        own.flatMap((task) => (task.kind === 'scan' ? [] : [task.bytes.buffer as ArrayBuffer])),
      );
    });
  }

  /** A thread without work does not keep the process alive. */
  rest(): void {
    this.#worker.unref();
  }

  /** Ends the thread; what it was doing is told as lost. */
  async end(reason: string, late = false): Promise<void> {
    if (this.#lost) return;
    this.#lost = true;
    clearTimeout(this.#watch);
    const at = Math.max(0, Atomics.load(this.#begun, 0) - 1);
    this.#running?.resolve({ at, reason, late });
    this.#running = null;
    this.#callbacks.onLost();
    await this.#worker.terminate();
  }

  #take(report: Report): void {
    if (report === 'ready') {
      this.ready = true;
      if (this.#running) this.#running.seenAt = performance.now();
      else this.#callbacks.onReady();
      return;
    }
    clearTimeout(this.#watch);
    const running = this.#running;
    this.#running = null;
    this.done += report.length;
    this.rest();
    running?.resolve({ outcomes: report });
  }

  /** Looks now and then whether the thread has begun another task; one task may not take longer than allowed. */
  #look(): void {
    const running = this.#running;
    if (!running) return;
    const now = performance.now();
    const begun = Atomics.load(this.#begun, 0);
    if (begun !== running.seen) {
      running.seen = begun;
      running.seenAt = now;
    }
    const limit = this.ready ? this.#timeoutMs : startMs;
    if (now - running.seenAt >= limit) {
      void this.end('it took too long', true);
      return;
    }
    this.#watch = setTimeout(() => this.#look(), Math.max(1, Math.min(limit, this.#timeoutMs) / 4));
  }
}
