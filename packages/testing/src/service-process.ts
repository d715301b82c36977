import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import type { Teardown, TestDatabase } from './database.ts';
import { eventually } from './poll.ts';
import { testKeys } from './principals.ts';
import { root } from './root.ts';

interface ServiceProcess {
  /** The service's name, which is its folder's. */
  service: string;
  database: TestDatabase;
  /** Settings of its own. */
  env?: Record<string, string>;
  readyMs?: number;
}

/** A service in a process of its own, so that it can be killed; ready when this returns, killed at the end. */
export async function startServiceProcess(
  t: Teardown,
  { service, database, env = {}, readyMs }: ServiceProcess,
): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'services', service, 'src/server.ts')], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      // Without it each start compiles everything.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      PORT: String(port),
      DATABASE_URL: database.appUrl(service),
      DATABASE_SYSTEM_URL: database.systemUrl(service),
      PRINCIPAL_PUBLIC_KEY: testKeys.publicKey,
      ...env,
    },
  });
  t.teardown(() => void child.kill('SIGKILL'));
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  await eventually('the process is ready', isReady, readyMs);
  return child;
}
