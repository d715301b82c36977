import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from './settings.ts';

/**
 * Makes STOCKADE_HOME. Others may enter it but not list it: as root, PostgreSQL runs as another user and has its data
 * inside. Files with secrets have mode 0600 each.
 */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o711 });
    const info = statSync(home);
    if (info.uid === process.getuid?.() && (info.mode & 0o777) !== 0o711) chmodSync(home, 0o711);
    mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
    rmSync(join(home, 'probe'), { force: true });
    closeSync(openSync(join(home, 'probe'), 'wx', 0o600));
    rmSync(join(home, 'probe'));
  } catch (error) {
    throw new UserError(
      `STOCKADE_HOME (${home}) cannot be used: ${(error as Error).message}. Does it belong to another user?`,
    );
  }
}

/** Takes the home for this launcher; a second one gets a clear error. Returns what gives it free again. */
export function lockHome(home: string): () => void {
  const path = join(home, 'launcher.lock');
  const mine = identity(process.pid);
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, mine);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = read(path);
    const pid = Number.parseInt(holder, 10);
    if (holder !== '' && pid !== process.pid && identity(pid) === holder) {
      throw new UserError(
        `${home} is in use by another launcher (process ${pid}). Stop it, or set STOCKADE_HOME to another folder.`,
      );
    }
    moveAway(path, holder);
  }
  throw new UserError(`${path} cannot be taken; remove it if no launcher is running.`);
}

/** Of two who find the same stale lock, only one can rename it; one that got a fresh lock instead puts it back. */
function moveAway(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== stale) renameSync(aside, path);
    else rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** A process's number and the time it started at, because numbers are used again; only the number outside of Linux. */
function identity(pid: number): string {
  if (!Number.isSafeInteger(pid)) return '';
  if (process.platform === 'linux') {
    const stat = read(`/proc/${pid}/stat`);
    return stat && `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  }
  try {
    process.kill(pid, 0);
    return String(pid);
  } catch {
    return '';
  }
}
