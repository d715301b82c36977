import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { systemDir } from './binaries.ts';
import { type OsUser, succeedsAs } from './os-user.ts';

const majorVersion = '18';

/**
 * The directory that really holds the data of `dataDir`. As root, when the server's user cannot get there (an ancestor
 * is a 0700 folder of root's), the data lives below /var/lib/stockade and `dataDir` is a link to it.
 */
export async function resolveDataDirectory(
  dataDir: string,
  user: OsUser,
  log: (message: string) => void,
): Promise<string> {
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true, mode: 0o711 });
  const link = `${dataDir}.link`;
  let entry = await lstat(dataDir).catch(() => undefined);
  if (!entry && (await lstat(link).catch(() => undefined))) {
    // A move to another place was cut short after the data had gone there.
    await rename(link, dataDir);
    entry = await lstat(dataDir);
  }
  if (entry?.isSymbolicLink()) return followLink(dataDir);
  if (user.uid === undefined) return dataDir;

  await letOthersPass(parent);
  if (await succeedsAs(user, 'test', ['-x', parent])) return dataDir;
  const target = join(systemDir, 'data', randomUUID());
  log(`PostgreSQL's user may not enter ${parent}; the database is kept in ${target}, linked from there`);
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await rm(link, { force: true });
  await symlink(target, link);
  // `mv` and not rename: the two places may be on different file systems.
  if (entry) await promisify(execFile)('mv', [dataDir, target]);
  else await mkdir(target, { mode: 0o700 });
  await rename(link, dataDir);
  return target;
}

async function followLink(dataDir: string): Promise<string> {
  const target = await readlink(dataDir);
  const real = await realpath(dataDir).catch(() => undefined);
  if (real) return real;
  throw new Error(
    `${dataDir} points to ${target}, which is not there: bring it back, or remove the link to start with an empty database`,
  );
}

/** Entering is all that others may do: the listing and the files stay closed to them. */
async function letOthersPass(parent: string): Promise<void> {
  const info = await stat(parent);
  if (info.uid === process.getuid?.() && (info.mode & 0o001) === 0)
    await chmod(parent, (info.mode & 0o777) | 0o011);
}

/** True when the directory holds a cluster of this version, false when there is none yet. */
export async function isInitialised(dataDir: string): Promise<boolean> {
  const files = await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (files.length === 0) return false;
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === majorVersion) return true;
  if (version === '') throw new Error(`${dataDir} is neither empty nor a PostgreSQL data directory`);
  throw new Error(`${dataDir} holds data of PostgreSQL ${version}; this release runs ${majorVersion}`);
}
