import { realpath, rename, rm } from 'node:fs/promises';
import { makeDataDirectory } from '@stockade/database/embedded';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { noteGap } from '../wal/gap.ts';
import type { Source } from './choose.ts';
import { extractBase } from './extract.ts';
import { recover } from './recover.ts';
import { segmentsUntil, verifyBase, verifyWal } from './verify.ts';

export interface RestoreOptions {
  /** Base backups that lead to the moment, the best first. */
  sources: readonly Source[];
  keys: BackupKeys;
  /** Without it: the newest moment. */
  to: Date | undefined;
  /** Where the data directory is made. What is there is of an attempt that failed, and is removed. */
  dataDir: string;
  signal: AbortSignal;
  progress: RestoreProgress;
}

/** Runs and shows the steps; `of` gives how far the current one is, from 0 to 1. */
export interface RestoreProgress {
  step<T>(title: string, work: (of: (share: number) => void) => Promise<T>): Promise<T>;
  note(text: string): void;
}

export interface Restored {
  source: Source;
  /** Of the last transaction that is there; null when the log had none. */
  lastCommit: Date | null;
  /** Moves the data directory to its place. */
  putInPlace(path: string): Promise<void>;
}

/**
 * Restores a data directory to a moment: everything is checked before anything is written, and it is made beside its place.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { sources, keys, to, dataDir, signal, progress } = options;
  const { source, segments } = await firstGood(sources, options);
  const { manifest } = source;
  await removeData(dataDir);
  const target = await makeDataDirectory(dataDir, progress.note);
  try {
    const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
    await progress.step(`Base backup of ${manifest.startedAt}`, (of) =>
      extractBase(source, keys, target, (bytes) => {
        signal.throwIfAborted();
        of(bytes / total);
      }),
    );
    const { DATABASE_PASSWORD: password } = JSON.parse(manifest.home['secrets.json'] as string);
    const lastCommit = await progress.step('Write-ahead log', (of) =>
      recover({
        ...{ target, source, keys, password, to, segments, signal },
        onSegment: (done) => of(Math.min(1, done / segments.length)),
      }),
    );
    // It goes on as another timeline: a base backup of that is due at once.
    await noteGap(target.path);
    return { source, lastCommit, putInPlace: (path) => rename(dataDir, path) };
  } catch (error) {
    await removeData(dataDir);
    throw error;
  }
}

/** Below a closed folder of root's the data itself is elsewhere, with a link in its place. */
async function removeData(dataDir: string): Promise<void> {
  const data = await realpath(dataDir).catch(() => dataDir);
  await rm(data, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

/** The best source that is undamaged, with the log that leads to the moment. */
async function firstGood(
  sources: readonly Source[],
  { keys, to, signal, progress }: RestoreOptions,
): Promise<{ source: Source; segments: string[] }> {
  let problem: unknown;
  for (const source of sources) {
    try {
      await progress.step(`Checking the base backup of ${source.manifest.startedAt}`, () =>
        verifyBase(source),
      );
      const segments = await segmentsUntil(source, to);
      await progress.step(`Checking ${segments.length} files of the write-ahead log`, (of) =>
        verifyWal(source, keys, segments, (done) => {
          signal.throwIfAborted();
          of(done / segments.length);
        }),
      );
      return { source, segments };
    } catch (error) {
      if (!(error instanceof SealedFileError)) throw error;
      progress.note(error.message);
      problem ??= error;
    }
  }
  throw problem;
}
