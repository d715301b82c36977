import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { basesOf, listBases, type Repository, sizeOf, timeOfBase, walOf } from '../repository.ts';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { isArchivable, isHistory, parseSegment } from '../wal/names.ts';
import { firstSegmentOf, readManifest } from './manifest.ts';

const dayMs = 86_400_000;

export interface RetentionOptions {
  keepDays: number;
  /** Above, older backups go before their time; the newest never. */
  maxBytes: number;
  now?: Date;
}

export interface Removed {
  bases: number;
  walFiles: number;
  /** What is left. */
  bytes: number;
}

/**
 * Removes what is older than what is kept: base backups but the one that the oldest kept moment is restored from, and the log that
 * none of the others needs. To be called by whoever holds the server's backup lock.
 */
export async function applyRetention(
  repository: Repository,
  keys: BackupKeys,
  { keepDays, maxBytes, now = new Date() }: RetentionOptions,
): Promise<Removed> {
  let bases = await goodBases(repository, keys);
  const removed: Removed = { bases: 0, walFiles: 0, bytes: 0 };
  const oldest = now.getTime() - keepDays * dayMs;
  const needed = bases.findLastIndex(({ id }) => timeOfBase(id).getTime() <= oldest);
  let kept = bases.slice(Math.max(0, needed));
  for (;;) {
    for (const { id } of bases.slice(0, bases.length - kept.length))
      await rm(join(basesOf(repository), id), { recursive: true, force: true });
    removed.bases += bases.length - kept.length;
    if (kept[0]) removed.walFiles += await removeWalBefore(repository, firstNeeded(kept));
    removed.bytes = await sizeOf(join(repository.folder, repository.systemId));
    bases = kept;
    if (removed.bytes <= maxBytes || kept.length <= 1) return removed;
    kept = kept.slice(1);
  }
}

interface Base {
  id: string;
  firstSegment: bigint;
}

/** Those that open. A damaged one is no reason to remove an older one, and is left for people to look at. */
async function goodBases(repository: Repository, keys: BackupKeys): Promise<Base[]> {
  const found: Base[] = [];
  for (const id of await listBases(repository)) {
    try {
      found.push({ id, firstSegment: firstSegmentOf(await readManifest(repository, keys, id)) });
    } catch (error) {
      if (!(error instanceof SealedFileError)) throw error;
    }
  }
  return found;
}

const firstNeeded = (bases: readonly Base[]): bigint =>
  bases.map(({ firstSegment }) => firstSegment).sort((a, b) => Number(a - b))[0] as bigint;

/** Whatever the timeline: what lies before the first place that anybody begins at is needed by nobody. */
async function removeWalBefore(repository: Repository, first: bigint): Promise<number> {
  let count = 0;
  for (const folder of await readdir(walOf(repository))) {
    const path = join(walOf(repository), folder);
    const names = await readdir(path);
    const old = names.filter((name) => {
      const original = name.replace(/\.damaged$/, '');
      return isArchivable(original) && !isHistory(original) && parseSegment(original).no < first;
    });
    for (const name of old) await rm(join(path, name), { force: true });
    count += old.length;
    // The archiver may be about to put a file there: only a folder of the past is empty for good.
    if (old.length > 0 && old.length === names.length) await rmdir(path).catch(() => undefined);
  }
  return count;
}
