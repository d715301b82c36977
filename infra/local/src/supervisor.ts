import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCrashLimit } from './crash-limit.ts';

const longestDelayMs = 500;

export interface ProcessSpec {
  name: string;
  /** After `node`. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Where `<name>.json` with its process id and `info` is kept while it runs. */
  runDir: string;
  info: Record<string, unknown>;
  /** Gets what the process writes; without it, it writes to where this process does. */
  onOutput?: (chunk: Buffer) => void;
  /** Told of each unexpected end, before the restart. */
  onCrash: (reason: string) => void;
  /** Told when it will not be restarted again. */
  onGiveUp: (error: Error) => void;
}

export interface Supervised {
  readonly name: string;
  /** From now on an end with an error before the process was ever ready is no longer fatal. */
  markReady(): void;
  /** SIGTERM, then SIGKILL after `graceMs` or at once when hurried; resolves when it has ended. */
  stop(graceMs: number, hurry: AbortSignal): Promise<void>;
}

/** Runs a process and brings it back when it ends: the first time at once, then with a growing pause. */
export function supervise(spec: ProcessSpec): Supervised {
  const runFile = join(spec.runDir, `${spec.name}.json`);
  const crashes = createCrashLimit();
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let restart: NodeJS.Timeout | undefined;
  let stopping = false;
  let wasReady = false;

  function start(): void {
    const pipe = spec.onOutput ? 'pipe' : 'inherit';
    child = spawn(process.execPath, spec.args, {
      // As it is looked for in the list of processes: `node … services/<name>/src/server.ts`.
      argv0: 'node',
      cwd: spec.cwd,
      env: spec.env,
      // Standard input stays open as long as we live: the process ends when it closes.
      stdio: ['pipe', pipe, pipe],
      // Ctrl-C in a terminal goes to us alone; we end the processes in order.
      detached: true,
    });
    child.stdin?.on('error', () => {});
    if (spec.onOutput) {
      child.stdout?.on('data', spec.onOutput);
      child.stderr?.on('data', spec.onOutput);
    }
    writeFileSync(
      runFile,
      `${JSON.stringify({ pid: child.pid, ...spec.info, startedAt: new Date().toISOString() })}\n`,
      { mode: 0o600 },
    );
    ended = new Promise((resolve) => {
      child?.once('error', (error) => [onEnd(error.message, 1), resolve()]);
      child?.once('exit', (code, signal) => [onEnd(signal ?? `exit code ${code}`, code), resolve()]);
    });
  }

  function onEnd(reason: string, code: number | null): void {
    rmSync(runFile, { force: true });
    if (stopping) return;
    const problem = whyNotAgain(reason, code);
    if (problem) {
      spec.onGiveUp(new Error(problem));
      return;
    }
    spec.onCrash(reason);
    const earlier = crashes.recent() - 1;
    restart = setTimeout(start, earlier === 0 ? 0 : Math.min(25 * 2 ** earlier, longestDelayMs));
  }

  function whyNotAgain(reason: string, code: number | null): string | undefined {
    // It refuses its settings or lacks something: trying again would not help.
    if (!wasReady && code === 1) return `${spec.name} did not start; what it said stands above`;
    if (crashes.exceeded()) return `${spec.name} ended more than 20 times within a minute (${reason})`;
    return undefined;
  }

  async function stop(graceMs: number, hurry: AbortSignal): Promise<void> {
    stopping = true;
    clearTimeout(restart);
    child?.kill('SIGTERM');
    const done = new AbortController();
    const late = sleep(graceMs, undefined, { signal: AbortSignal.any([hurry, done.signal]) }).catch(
      () => undefined,
    );
    await Promise.race([ended, late]);
    done.abort();
    if (child?.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  }

  start();
  return {
    name: spec.name,
    stop,
    markReady: () => {
      wasReady = true;
    },
  };
}
