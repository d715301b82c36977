import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnv } from './initdb.ts';
import { ownerFile } from './leftover-server.ts';
import type { OsUser } from './os-user.ts';
import { openServerLog } from './server-log.ts';

const fastStopMs = 8_000;
const usualReadyMs = 120_000;

export interface RunningServer {
  pid: number;
  port: number;
  /** Settles when the server has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends open connections and stops; writes nothing half. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  postgres: string;
  dataDir: string;
  user: OsUser;
  port: number;
  settings: Record<string, string>;
  readyMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Another program took the port, or children of a killed server are still ending: worth another try. */
export class TransientStartError extends Error {}

const transient = ['could not bind', 'could not create any TCP/IP sockets', 'shared memory block'];

/** Starts the server and waits until it takes connections. */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  options.signal?.throwIfAborted();
  const log = await openServerLog(options.dataDir);
  const child = spawn(options.postgres, commandArgs(options), {
    ...options.user,
    cwd: '/',
    env: serverEnv,
    // A group of its own: Ctrl-C in the terminal must not reach it before the services have ended.
    detached: true,
    stdio: ['ignore', 'ignore', log.handle.fd],
  });
  const exited = once(child, 'close').then(() => log.close());
  // A program that cannot be spawned rejects here; what it wrote or the error itself is reported below.
  exited.catch(() => log.close());
  const stop = memoised(() => stopServer(child, exited));
  try {
    if (child.pid === undefined) await exited;
    await writeFile(join(options.dataDir, ownerFile), `${process.pid}\n`, { mode: 0o644 });
    await untilReady(child, options);
  } catch (error) {
    const said = await log.tail();
    await stop();
    if (options.signal?.aborted) throw error;
    const message = `PostgreSQL did not start: ${said.trim() || (error as Error).message}`;
    if (transient.some((text) => said.includes(text)))
      throw new TransientStartError(message, { cause: error });
    throw new Error(message, { cause: error });
  }
  return { pid: child.pid as number, port: options.port, exited, stop };
}

function commandArgs(options: ServerOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u ',
    log_checkpoints: 'off',
    // Details of an error hold the values of rows.
    log_error_verbosity: 'terse',
    ...options.settings,
  };
  return [
    '-D',
    options.dataDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** The last line of postmaster.pid tells the state, as pg_ctl reads it; no client is needed for that. */
async function untilReady(
  child: ChildProcess,
  { dataDir, signal, readyMs = usualReadyMs }: ServerOptions,
): Promise<void> {
  const deadline = Date.now() + readyMs;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once');
    const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
    await sleep(15);
  }
  throw new Error(`it was not ready after ${readyMs / 1000} s`);
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  const ended = exited.then(
    () => true,
    () => true,
  );
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    const late = new AbortController();
    const done = await Promise.race([
      ended,
      sleep(fastStopMs, false, { signal: late.signal }).catch(() => false),
    ]);
    late.abort();
    if (done) return;
  }
}

function memoised<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}
