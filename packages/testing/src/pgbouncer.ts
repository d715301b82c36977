import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import { roleNames, rolePassword } from '@stockade/database/names';
import pg from 'pg';
import { type Teardown, testRolesSecret } from './database.ts';
import { eventually } from './poll.ts';

// Debian has it where only root's path leads.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Why tests on PgBouncer cannot run here, or false when they can. With CI=true a missing one is no reason to skip. */
export function pgBouncerMissing(): string | false {
  if (process.env.CI === 'true') return false;
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore', env });
    return false;
  } catch {
    return 'pgbouncer is not on the PATH: install it to run the tests on PgBouncer';
  }
}

export interface TestPgBouncer {
  /** The same URL through it. */
  through(url: string): string;
  /** What its own console answers, such as to `show stats`. */
  console(question: string): Promise<Record<string, string>[]>;
}

interface Options {
  /** Of the PostgreSQL behind it. */
  target: string;
  services: readonly string[];
  /** Connections to the server for each role. */
  poolSize: number;
}

const consoleUser = 'console';

/** A real PgBouncer in transaction mode, for the services' roles; ended with the test. */
export async function startPgBouncer(
  t: Teardown,
  { target, services, poolSize }: Options,
): Promise<TestPgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-pgbouncer-'));
  const [port, server] = [await freePort(), new URL(target)];
  const roles = services.map(roleNames).flatMap(({ app, system }) => [app, system]);
  const passwords = roles.map((role) => `"${role}" "${rolePassword(testRolesSecret, role)}"`);
  const settings = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users.txt')}`,
    `admin_users = ${consoleUser}`,
    'pool_mode = transaction',
    `default_pool_size = ${poolSize}`,
    'max_client_conn = 500',
  ];
  await writeFile(
    join(folder, 'users.txt'),
    `${[...passwords, `"${consoleUser}" "${consoleUser}"`].join('\n')}\n`,
  );
  await writeFile(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  // It refuses to run as root, and whom it runs as then has to read its files.
  await chmod(folder, 0o755);
  const user = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const child: ChildProcess = spawn('pgbouncer', [...user, '--quiet', join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk));
  child.once('error', (error) => (said += error.message));
  t.teardown(async () => {
    if (child.pid !== undefined && child.exitCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  });
  const ask = async (question: string) => {
    const client = new pg.Client(`postgres://${consoleUser}:${consoleUser}@127.0.0.1:${port}/pgbouncer`);
    await client.connect();
    return (await client.query(question).finally(() => client.end())).rows;
  };
  await eventually('PgBouncer answers', () =>
    ask('show version').then(
      () => true,
      () => {
        if (child.pid === undefined || child.exitCode !== null)
          throw new Error(`PgBouncer did not start: ${said}`);
        return false;
      },
    ),
  );
  return {
    through(url) {
      const way = new URL(url);
      way.hostname = '127.0.0.1';
      way.port = String(port);
      return way.href;
    },
    console: ask,
  };
}
