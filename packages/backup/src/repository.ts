import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnfinished, syncFolder } from './durable.ts';
import type { Place } from './sealed/file.ts';
import { isArchivable } from './wal/names.ts';

/**
 * Where the backups of one database cluster are, below BACKUP_FOLDER:
 *
 *     <system identifier>/base/<time>/manifest, data
 *     <system identifier>/wal/<timeline and log>/<segment>
 */
export interface Repository {
  folder: string;
  /** PostgreSQL's number of the cluster: a database that was made anew never mixes with the one before. */
  systemId: string;
}

const baseName = /^\d{8}T\d{6}Z$/;
export const unfinishedSuffix = '.unfinished';

const rootOf = ({ folder, systemId }: Repository) => join(folder, systemId);
export const basesOf = (repository: Repository): string => join(rootOf(repository), 'base');
export const walOf = (repository: Repository): string => join(rootOf(repository), 'wal');

/** Makes its folders; nobody else may look into them. */
export async function makeRepository(repository: Repository): Promise<void> {
  for (const path of [basesOf(repository), walOf(repository)])
    await mkdir(path, { recursive: true, mode: 0o700 });
  await syncFolder(rootOf(repository));
}

/** All clusters that have backups in a folder. */
export async function listRepositories(folder: string): Promise<Repository[]> {
  const names = await listFolder(folder);
  return names.filter((name) => /^\d{10,20}$/.test(name)).map((systemId) => ({ folder, systemId }));
}

export const baseIdAt = (time: Date): string => `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** When a base backup was begun, which its id tells. */
export const timeOfBase = (id: string): Date =>
  new Date(id.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Complete base backups, oldest first. */
export async function listBases(repository: Repository): Promise<string[]> {
  return (await listFolder(basesOf(repository))).filter((name) => baseName.test(name)).sort();
}

export const manifestOf = (repository: Repository, id: string, folder = id): Place => ({
  path: join(basesOf(repository), folder, 'manifest'),
  name: `${repository.systemId}/${id}/manifest`,
});
export const dataOf = (repository: Repository, id: string, folder = id): Place => ({
  path: join(basesOf(repository), folder, 'data'),
  name: `${repository.systemId}/${id}/data`,
});

/** Segments are put into folders by timeline and log: at most 256 in each. */
const folderOf = (name: string) => (name.length < 24 ? 'history' : name.slice(0, 16));

export const walFile = (repository: Repository, name: string): Place => ({
  path: join(walOf(repository), folderOf(name), name),
  name: `${repository.systemId}/wal/${name}`,
});

/** Every archived file of the log, in the order of their names. */
export async function listWal(repository: Repository): Promise<string[]> {
  const folders = await listFolder(walOf(repository));
  const lists = await Promise.all(folders.map((folder) => listFolder(join(walOf(repository), folder))));
  return lists.flat().filter(isArchivable).sort();
}

/** What processes left that were killed while they wrote. Only for whoever alone writes there. */
export async function removeUnfinished(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of entries)
    if (isUnfinished(name) || name.endsWith(unfinishedSuffix))
      await rm(join(parentPath, name), { recursive: true, force: true });
}

/** Bytes of all files below a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothingThere);
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  return bytes;
}

function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch(nothingThere);
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
