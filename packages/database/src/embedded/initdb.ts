import { spawn } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { OsUser } from './os-user.ts';

export const superuser = 'postgres';

export interface InitOptions {
  initdb: string;
  dataDir: string;
  password: string;
  user: OsUser;
  /** False skips fsync, for data that need not outlive a crash of the machine. */
  sync: boolean;
  signal?: AbortSignal | undefined;
}

/** Makes a new cluster. It is made aside and renamed, so that an interrupted attempt leaves nothing that looks usable. */
export async function initialise(options: InitOptions): Promise<void> {
  const partial = `${options.dataDir}.initialising`;
  const passwordFile = `${options.dataDir}.password`;
  await removeLeftovers();
  try {
    await mkdir(partial, { mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600, flag: 'wx' });
    await giveTo(options.user, partial, passwordFile);
    await runInitdb(options, partial, passwordFile);
    await rename(partial, options.dataDir);
  } finally {
    await removeLeftovers();
  }

  async function removeLeftovers() {
    await rm(passwordFile, { force: true });
    await rm(partial, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

async function giveTo(user: OsUser, ...paths: string[]): Promise<void> {
  if (user.uid === undefined || user.gid === undefined) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

function runInitdb(options: InitOptions, target: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${target}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(options.sync ? [] : ['--no-sync']),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(options.initdb, args, {
      ...options.user,
      cwd: '/',
      env: serverEnv,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: options.signal,
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4_000);
    });
    child.on('error', (error) => {
      // After a start the end is awaited: what is removed next must not be written to any more.
      if (child.pid === undefined) reject(error);
    });
    child.on('close', (code, signal) => {
      if (options.signal?.aborted) reject(options.signal.reason);
      else if (code === 0) resolve();
      else reject(new Error(`initdb failed (${signal ?? code}): ${complaint.trim() || 'no message'}`));
    });
  });
}

/** Nothing of our environment (secrets, PG* settings) goes to the server. */
export const serverEnv: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
