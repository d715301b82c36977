import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { exchangeFolder } from '../wal/exchange.ts';

/** What has no meaning in another place or is made anew; the list of pg_basebackup, and what is ours. */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'tablespace_map.old',
  'backup_manifest',
  'current_logfiles',
  'postgresql.auto.conf.tmp',
  'recovery.signal',
  'standby.signal',
  'stockade-owner.pid',
  `${exchangeFolder}-gap`,
]);
/** Folders that must be there, and empty. */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const control = 'global/pg_control';

const isLeftOut = (path: string, name: string) =>
  leftOut.has(path) ||
  name.startsWith('pgsql_tmp') ||
  name.startsWith('pg_internal.init') ||
  path.startsWith('postgresql.log') ||
  path === exchangeFolder;

export interface DataFiles {
  directories: string[];
  files: string[];
}

/** What belongs into a base backup, as paths below the data directory; pg_control is the last, as the server wants it. */
export async function listDataFiles(dataDir: string): Promise<DataFiles> {
  const found: DataFiles = { directories: [], files: [] };
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(join(dataDir, folder), { withFileTypes: true }).catch(goneMeanwhile);
    for (const entry of entries ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isLeftOut(path, entry.name)) continue;
      if (entry.isFile()) found.files.push(path);
      else if (entry.isDirectory()) {
        found.directories.push(path);
        if (!emptied.has(path)) await visit(path);
      } else throw new Error(await unexpected(dataDir, path));
    }
  };
  await visit('');
  found.directories.push('pg_wal/archive_status', 'pg_wal/summaries');
  found.files = [...found.files.filter((path) => path !== control).sort(), control];
  return found;
}

async function unexpected(dataDir: string, path: string): Promise<string> {
  const info = await lstat(join(dataDir, path));
  const kind = info.isSymbolicLink() ? `a link to ${await readlink(join(dataDir, path))}` : 'no file';
  return `${path} in the data directory is ${kind}: table spaces elsewhere cannot be backed up`;
}

function goneMeanwhile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

const readBytes = 1024 * 1024;

/** The file's content as it is now, half-changed pages and all: the log puts them right. Nothing when it is gone meanwhile. */
export async function* readDataFile(dataDir: string, path: string): AsyncGenerator<Buffer> {
  if (path === control) return yield await readControl(join(dataDir, path));
  try {
    yield* createReadStream(join(dataDir, path), { highWaterMark: readBytes });
  } catch (error) {
    goneMeanwhile(error as NodeJS.ErrnoException);
  }
}

/** The one file that the log does not put right: read until two readings agree. */
async function readControl(path: string): Promise<Buffer> {
  let before = await readFile(path);
  for (let attempt = 0; attempt < 100; attempt++) {
    const now = await readFile(path);
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error(`${path} changes all the time`);
}
