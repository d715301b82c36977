import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { createSystemDatabase, type Teardown, testRolesSecret } from './database.ts';
import { eventually } from './poll.ts';
import { root } from './root.ts';

export interface Credentials {
  url: string;
  tenantId: string;
  email: string;
  password: string;
  apiKey: string;
  operatorKey: string;
}

export interface RunningProcess {
  pid: number;
  port: number;
  metricsPort: number;
  startedAt: string;
}

export interface Stack {
  readonly url: string;
  readonly home: string;
  /** Its database as the administrator; undefined when the launcher runs a server of its own. */
  readonly databaseUrl: string | undefined;
  readonly credentials: Credentials;
  readonly launcher: ChildProcess;
  /** What the launcher printed so far. */
  output(): string;
  /** As the launcher's run files tell it now; `gateway` or a service's name. */
  process(name: string): Promise<RunningProcess>;
  /** Kills one process with SIGKILL and waits until another has taken its place and is ready. Gives the milliseconds. */
  killAndWait(name: string): Promise<number>;
  /** SIGTERM to the launcher; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Limits out of the way: tests and load runs are to meet the system, not its limits. */
export const generousLimits = {
  ...Object.fromEntries(
    ['AUTH', 'READ', 'WRITE', 'SENSITIVE', 'KEY', 'MAIL', 'IP', 'TENANT'].map((tier) => [
      `RATE_LIMIT_${tier}_MAX`,
      '1000000',
    ]),
  ),
  SIGN_IN_SLOW_AFTER: '1000000',
  MAX_CONCURRENT_CALLS_PER_TENANT: '100000',
};

/** A database of its own on the tests' server, when there is one: a second PostgreSQL for each stack would be slow. */
async function stackDatabase(t: Teardown): Promise<Record<string, string>> {
  if (!process.env.TEST_DATABASE_URL) return {};
  const { adminUrl } = await createSystemDatabase(t);
  // Roles belong to the whole server: other tests' passwords must stay as they are.
  return { DATABASE_URL: adminUrl, DATABASE_ROLES_SECRET: testRolesSecret };
}

/** The whole of Stockade, started as a user would: the launcher with everything below it, on free ports. */
export async function startStack(t: Teardown, env: Record<string, string> = {}): Promise<Stack> {
  const home = env.STOCKADE_HOME ?? (await mkdtemp(join(tmpdir(), 'stockade-stack-')));
  if (env.STOCKADE_HOME === undefined) t.teardown(() => rm(home, { recursive: true, force: true }));
  const database = env.DATABASE_URL === undefined ? await stackDatabase(t) : {};
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { NODE_V8_COVERAGE: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const launcher = spawn(process.execPath, [join(root, 'infra/local/src/launcher.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      // Who wants backups asks for them.
      BACKUP: inherited.BACKUP ?? 'false',
      ...generousLimits,
      ...database,
      STOCKADE_HOME: home,
      PORT: String(port),
      ...env,
    },
  });
  let printed = '';
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk));
  const stop = async () => {
    if (launcher.exitCode !== null || launcher.signalCode !== null) return launcher.exitCode;
    const exited = once(launcher, 'exit');
    launcher.kill('SIGTERM');
    await exited;
    return launcher.exitCode;
  };
  t.teardown(stop);
  await eventually('the stack is ready', () => isReady(url, launcher, () => printed), 180_000);
  const credentials: Credentials = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8'));
  const processOf = async (name: string): Promise<RunningProcess> =>
    JSON.parse(await readFile(join(home, 'run', `${name}.json`), 'utf8'));
  return {
    url,
    home,
    databaseUrl: env.DATABASE_URL ?? database.DATABASE_URL,
    credentials,
    launcher,
    output: () => printed,
    process: processOf,
    killAndWait: (name) => killAndWait(name, processOf),
    stop,
  };
}

async function isReady(url: string, launcher: ChildProcess, printed: () => string): Promise<boolean> {
  if (launcher.exitCode !== null)
    throw new Error(`The launcher ended with ${launcher.exitCode}:\n${printed()}`);
  return fetch(`${url}/health/ready`).then(
    (answer) => answer.status === 200,
    () => false,
  );
}

async function killAndWait(
  name: string,
  processOf: (name: string) => Promise<RunningProcess>,
): Promise<number> {
  const before = await processOf(name);
  const started = performance.now();
  process.kill(before.pid, 'SIGKILL');
  await eventually(`${name} is back`, async () => {
    const now = await processOf(name).catch(() => null);
    if (!now || now.pid === before.pid) return false;
    return fetch(`http://127.0.0.1:${now.port}/health/ready`).then(
      (answer) => answer.status === 200,
      () => false,
    );
  });
  return performance.now() - started;
}
