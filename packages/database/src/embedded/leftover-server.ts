import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Written into the data directory by whoever started the server: its process id. */
export const ownerFile = 'stockade-owner.pid';

/**
 * Deals with the server that a killed launcher left behind. One that still runs on this data is stopped; a pid file
 * whose number now belongs to another program is removed. A pid file of a dead server stays: PostgreSQL itself then
 * checks that no child of it still holds the shared memory. Throws when the server's owner is alive.
 */
export async function stopLeftoverServer(dataDir: string, log: (message: string) => void): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === undefined || !isAlive(pid)) return;
  if (!(await isServerOf(pid, dataDir))) {
    await rm(pidFile, { force: true });
    return;
  }
  const owner = await readPid(join(dataDir, ownerFile));
  if (owner !== undefined && owner === (await parentOf(pid))) {
    throw new Error(`the database in ${dataDir} is in use by process ${owner}`);
  }
  log(`stopping PostgreSQL (process ${pid}), left behind by a launcher that was killed`);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    if (await endsWithin(pid, 8_000)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end; stop it and start again`);
}

async function readPid(file: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  const line = await commandLine(pid);
  return line.includes('postgres') && line.includes(`-D ${dataDir}`);
}

/** What a process was started with, or an empty string when it is gone. */
async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux')
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
}

/** A server whose starter has died belongs to init or another reaper. */
async function parentOf(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return Number.parseInt(stdout, 10);
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold anything; after it come the state and the parent.
  return Number(
    stat
      .slice(stat.lastIndexOf(')') + 1)
      .trim()
      .split(' ')[1],
  );
}

async function endsWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (!isAlive(pid) || (await commandLine(pid)) === '') return true;
    await sleep(25);
  }
  return false;
}
