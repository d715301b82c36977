import { createWriteStream } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Repository, walFile } from '../repository.ts';
import { unseal } from '../sealed/file.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { isSegment } from '../wal/names.ts';
import type { DataDirectory } from './extract.ts';

export const feedFolder = 'stockade-restore';
const lookEveryMs = 10;
/** So many opened segments lie ready for the server: 128 MB at most. */
const ahead = 8;
/** Above 125 the server gives recovery up; 1 would tell it that the archive ends here. */
const givenUp = 200;

/**
 * For the server's `restore_command`: asks for a file in the folder and waits for it, or for the word that the archive has no such
 * file. Without an answer for two minutes recovery is given up, never taken for complete.
 */
export const restoreCommand =
  `f="${feedFolder}/%f"; n=0; [ -e "$f" ] || : > "$f.wanted"; while [ ! -e "$f" ]; do ` +
  `if [ -e "$f.none" ]; then rm -f "$f.none"; exit 1; fi; ` +
  `[ $n -lt 2400 ] || exit ${givenUp}; n=$((n+1)); sleep 0.05; done; mv "$f" "%p"`;

export interface FeederOptions {
  target: DataDirectory;
  repository: Repository;
  keys: BackupKeys;
  /** What the server may have, in this order; of what was archived since then it gets nothing. */
  segments: readonly string[];
  onSegment?: (done: number) => void;
}

export interface Feeder {
  /** Rejects when a file of the archive does not open. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/** Opens archived files for a server that recovers, a few in advance. The server's user sees nothing of the archive or its key. */
export async function startFeeder(options: FeederOptions): Promise<Feeder> {
  const { target, repository, keys, segments, onSegment } = options;
  const folder = join(target.path, feedFolder);
  await mkdir(folder, { mode: 0o700 });
  await give(folder);
  const planned = new Set(segments);
  let stopped = false;
  let next = 0;
  const working = work();
  const failed = working.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});

  async function work(): Promise<void> {
    for (; !stopped; await delay(lookEveryMs)) {
      const names = await readdir(folder);
      for (const name of names) if (name.endsWith('.wanted')) await answer(name.slice(0, -'.wanted'.length));
      const ready = names.filter((name) => planned.has(name)).length;
      for (let free = ahead - ready; free > 0 && next < segments.length && !stopped; free--) await putNext();
    }
  }

  async function putNext(): Promise<void> {
    await put(segments[next] as string);
    next++;
    onSegment?.(next);
  }

  async function answer(name: string): Promise<void> {
    await rm(join(folder, `${name}.wanted`), { force: true });
    if (await exists(join(folder, name))) return;
    if ((planned.has(name) || !isSegment(name)) && (await exists(walFile(repository, name).path))) {
      await put(name);
      next = Math.max(next, segments.indexOf(name) + 1);
      return;
    }
    const aside = join(folder, `${name}.opening`);
    await writeFile(aside, '', { mode: 0o600 });
    await handOver(aside, `${name}.none`);
  }

  async function put(name: string): Promise<void> {
    const aside = join(folder, `${name}.opening`);
    await unseal(walFile(repository, name), keys, (plain) =>
      pipeline(plain, createWriteStream(aside, { mode: 0o600 })),
    );
    await handOver(aside, name);
  }

  /** The server takes a file away as soon as it has its name: by then it is whole, and the server's. */
  async function handOver(aside: string, name: string): Promise<void> {
    await give(aside);
    await rename(aside, join(folder, name));
  }

  async function give(path: string): Promise<void> {
    if (target.uid !== undefined && target.gid !== undefined) await chown(path, target.uid, target.gid);
  }

  return {
    failed,
    async stop() {
      stopped = true;
      await working.catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
