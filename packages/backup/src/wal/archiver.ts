import { type FSWatcher, watch } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type Repository, removeUnfinished, walOf } from '../repository.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { archiveFile } from './archive-file.ts';
import { allow, exchangeFolder, listWaiting, tidy, type Waiting } from './exchange.ts';
import { noteGap } from './gap.ts';
import { segmentBytes } from './names.ts';

export { archiveCommand } from './exchange.ts';

const lookEveryMs = 1_000;
const longestPauseMs = 10_000;
/** The server is given that long for its last segments when it stops; it is killed after 8 s. */
const lastMs = 4_000;

export interface ArchiveState {
  /** All that was committed before is archived. */
  archivedUntil: Date | null;
  /** How many finished files wait, and since when the oldest does. */
  waiting: number;
  waitingSince: Date | null;
  /** Why the last attempt failed. */
  problem: string | null;
}

export interface Archiver {
  state(): ArchiveState;
  /** To be called before the server is stopped: it waits for its last files, but not for a target that is away. */
  serverStops(): void;
  stop(): Promise<void>;
}

export interface ArchiverOptions {
  dataDir: string;
  repository: Repository;
  keys: BackupKeys;
  /** So much of the log may wait for a target that is away; then it is given up, for the database has to go on. */
  maxWaitingBytes: number;
  note: (text: string) => void;
}

/**
 * Forgets that somebody worked at the archive: before a server is stopped or started that a killed process left, which would
 * wait in vain.
 */
export async function closeArchive(dataDir: string): Promise<void> {
  await rm(join(dataDir, exchangeFolder, 'on'), { force: true });
}

/** Archives what the server finishes, until it is stopped. One at a time for a data directory. */
export async function startArchiver(options: ArchiverOptions): Promise<Archiver> {
  const { dataDir, repository, keys, maxWaitingBytes, note } = options;
  const state: ArchiveState = { archivedUntil: null, waiting: 0, waitingSince: null, problem: null };
  const stopping = new AbortController();
  let wake = () => {};
  let lastChance: NodeJS.Timeout | undefined;
  /** Files that the server knows of that they are archived, and still lists. */
  const allowed = new Set<string>();
  let isOpen = false;
  let isPrepared = false;

  const watcher = watchFolder(join(dataDir, 'pg_wal/archive_status'), () => wake());
  const ended = run();

  async function run(): Promise<void> {
    let pauseMs = lookEveryMs;
    while (!stopping.signal.aborted) {
      let woken = false;
      const pause = new Promise<void>((resolve) => {
        wake = () => {
          woken = true;
          resolve();
        };
      });
      try {
        if (!isOpen) await openExchange();
        await archiveWaiting();
        state.problem = null;
        pauseMs = lookEveryMs;
      } catch (error) {
        const problem = (error as Error).message;
        if (problem !== state.problem) note(`The write-ahead log cannot be archived: ${problem}`);
        state.problem = problem;
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        if (lastChance) await closeArchive(dataDir);
        woken = false;
      }
      if (!woken) await Promise.race([pause, later(pauseMs)]);
    }
  }

  async function openExchange(): Promise<void> {
    await mkdir(join(dataDir, exchangeFolder), { recursive: true, mode: 0o755 });
    await tidy(dataDir, []);
    await writeFile(join(dataDir, exchangeFolder, 'on'), '', { mode: 0o644 });
    isOpen = true;
  }

  async function prepare(): Promise<void> {
    if (isPrepared) return;
    await makeRepository(repository);
    await removeUnfinished(walOf(repository));
    isPrepared = true;
  }

  function later(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      stopping.signal.addEventListener('abort', () => [clearTimeout(timer), resolve()], { once: true });
    });
  }

  async function archiveWaiting(): Promise<void> {
    const waiting = await look();
    await prepare();
    for (const file of waiting) {
      if (stopping.signal.aborted) return;
      await archiveFile(repository, keys, file);
      await allow(dataDir, file.name);
      allowed.add(file.name);
      state.archivedUntil = file.finishedAt;
      state.waiting--;
    }
    state.waitingSince = null;
  }

  async function look(): Promise<Waiting[]> {
    const listed = await listWaiting(dataDir);
    await tidy(dataDir, listed);
    const names = new Set(listed.map(({ name }) => name));
    for (const name of allowed) if (!names.has(name)) allowed.delete(name);
    // What it was told of it may remove at any moment.
    const waiting = listed.filter(({ name }) => !allowed.has(name));
    state.waiting = waiting.length;
    state.waitingSince = waiting[0]?.finishedAt ?? null;
    if (waiting.length * Number(segmentBytes) > maxWaitingBytes && state.problem) await giveUp(waiting);
    return waiting;
  }

  /** Better a gap in the archive, and a new base backup after it, than a database that stands still on a full disk. */
  async function giveUp(waiting: readonly Waiting[]): Promise<void> {
    note(
      `${waiting.length} files of the write-ahead log could not be archived (${state.problem}) and are given up: what happens ` +
        'from now until the next base backup cannot be restored to a moment',
    );
    await noteGap(dataDir);
    for (const { name } of waiting) {
      await allow(dataDir, name);
      allowed.add(name);
    }
  }

  return {
    state: () => ({ ...state }),
    serverStops() {
      if (state.problem) void closeArchive(dataDir);
      lastChance = setTimeout(() => void closeArchive(dataDir), lastMs);
      lastChance.unref();
    },
    async stop() {
      stopping.abort();
      clearTimeout(lastChance);
      watcher?.close();
      await ended;
      await closeArchive(dataDir);
    },
  };
}

/** Without it (a machine gives only so many watches) the look once a second has to do. */
function watchFolder(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
