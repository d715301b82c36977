import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { Redis } from 'ioredis';
import type { Teardown } from './database.ts';
import { eventually } from './poll.ts';

/**
 * Why tests on Redis cannot run here, or false when they can. With CI=true a missing server is no reason to skip: the
 * test runs and fails.
 */
export function redisMissing(): string | false {
  if (process.env.CI === 'true') return false;
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'redis-server is not on the PATH: install it to run the tests on Redis';
  }
}

export interface TestRedis {
  readonly url: string;
  /** Kills the server with SIGKILL; what it had not written is lost. */
  kill(): Promise<void>;
  /** Lets it hang: connections stay open, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with what its append-only file holds. */
  start(): Promise<void>;
  /** One command, over a connection of its own. */
  command(name: string, ...args: string[]): Promise<unknown>;
}

/** A real redis-server on a free port, in a folder of its own; ended with the test. */
export async function startRedis(t: Teardown): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'stockade-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const endWith = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const kill = () => endWith('SIGKILL');
  const start = async () => {
    child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--save', ''],
      { stdio: 'ignore' },
    );
    child.once('error', () => {});
    await eventually('redis-server answers', () => ping(url));
  };
  t.teardown(async () => {
    await kill();
    await rm(dir, { recursive: true, force: true });
  });
  await start();
  return {
    url,
    kill,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    stop: () => endWith('SIGTERM'),
    start,
    command: (name, ...args) => command(url, name, args),
  };
}

async function command(url: string, name: string, args: string[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}

async function ping(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
