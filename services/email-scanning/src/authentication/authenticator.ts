import { Worker } from 'node:worker_threads';
import { domainOf } from '../engine/domains.ts';
import type { Authentication, Envelope, ParsedMessage } from '../engine/types.ts';
import { LookupError, type Resolver } from './resolver.ts';
import { trustedResults } from './trusted-results.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface Authenticator {
  /** Whether the sender is who he says. Never throws, never takes longer than its limits; keeps no hold of the bytes. */
  authenticate(
    raw: Uint8Array,
    message: Pick<ParsedMessage, 'from' | 'returnPath' | 'authenticationResults' | 'headerNames'>,
    envelope: Envelope,
    trustedAuthservIds: readonly string[],
  ): Promise<Authentication>;
  close(): Promise<void>;
}

export interface AuthenticatorOptions {
  resolver: Resolver;
  /** All questions about one message together; afterwards none is answered. */
  lookupMs?: number;
  /** A message that takes longer is given up, and the thread with it. */
  timeoutMs?: number;
}

/** Nobody has looked, or nobody could. */
export const unchecked: Authentication = {
  from: 'none',
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
  arc: 'none',
  dkimDomain: null,
  aligned: false,
  policy: null,
};

interface Task {
  /** How long its questions have taken so far; waiting for the thread does not count. */
  waitedMs: number;
  resolve(result: Authentication): void;
  timer: NodeJS.Timeout;
}

const maxTasks = 500;

/** Checks senders in a thread of its own, which is started when there is something to check. */
export function createAuthenticator({
  resolver,
  lookupMs = 1_000,
  timeoutMs = 5_000,
}: AuthenticatorOptions): Authenticator {
  const tasks = new Map<number, Task>();
  let worker: Worker | null = null;
  let started = 0;
  let closed = false;

  function finish(id: number, result: Authentication) {
    const task = tasks.get(id);
    if (!task) return;
    tasks.delete(id);
    clearTimeout(task.timer);
    // A thread without work must not keep the process alive.
    if (tasks.size === 0) worker?.unref();
    task.resolve(result);
  }

  async function end() {
    const ended = worker;
    worker = null;
    for (const id of [...tasks.keys()]) finish(id, unchecked);
    await ended?.terminate();
  }

  async function answer(
    to: Worker,
    { task: id, question, name, type }: Extract<FromWorker, { kind: 'ask' }>,
  ) {
    const reply = (records: unknown[] | null, code = '') =>
      to.postMessage({ kind: 'answer', question, records, code } satisfies ToWorker);
    const task = tasks.get(id);
    const left = lookupMs - (task?.waitedMs ?? lookupMs);
    if (!task || left <= 0) return reply(null, 'ETIMEOUT');
    const asked = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LookupError('ETIMEOUT')), left);
    });
    try {
      reply(await Promise.race([resolver.resolve(name, type), late]));
    } catch (error) {
      reply(null, (error as { code?: string }).code ?? 'EUNKNOWN');
    } finally {
      clearTimeout(timer);
      task.waitedMs += performance.now() - asked;
    }
  }

  function start(): Worker {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    thread.on('message', (message: FromWorker) => {
      if (message.kind === 'done') finish(message.task, message.result ?? unchecked);
      else void answer(thread, message);
    });
    const gone = () => {
      if (worker === thread) void end();
    };
    thread.on('error', gone);
    thread.on('exit', gone);
    return thread;
  }

  return {
    authenticate(raw, message, envelope, trustedAuthservIds) {
      const from = domainOf(message.from?.address);
      const trusted =
        trustedAuthservIds.length > 0
          ? trustedResults(message.authenticationResults, from, trustedAuthservIds)
          : null;
      if (trusted) return Promise.resolve(trusted);
      const clientIp = envelope.clientIp ?? null;
      const signed = message.headerNames.some((name) => name === 'dkim-signature' || name === 'arc-seal');
      // Without a signature and the client's address there is nothing to check by.
      const nothing = !from || (!signed && !clientIp);
      if (closed || nothing || resolver.out || tasks.size >= maxTasks) return Promise.resolve(unchecked);
      worker ??= start();
      const thread = worker;
      thread.ref();
      return new Promise<Authentication>((resolve) => {
        const task = ++started;
        const timer = setTimeout(() => void end(), timeoutMs);
        tasks.set(task, { waitedMs: 0, resolve, timer });
        // A copy of its own: small buffers share their memory with others, which must not go along.
        const own = new Uint8Array(raw);
        const sender = {
          mailFrom: envelope.from ?? message.returnPath,
          clientIp,
          helo: envelope.helo ?? null,
        };
        thread.postMessage({ kind: 'verify', task, raw: own, sender } satisfies ToWorker, [own.buffer]);
      });
    },
    async close() {
      closed = true;
      await end();
      resolver.close();
    },
  };
}
