import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Teardown } from '@stockade/testing';

const run = promisify(execFile);

/** A small file system of its own, which can be full. */
export interface Disk {
  readonly path: string;
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** Mounts a tmpfs at `path`, or gives why that is not possible here. */
export async function mountDisk(
  t: Teardown,
  path: string,
  megabytes: number,
): Promise<Disk | { missing: string }> {
  await mkdir(path, { recursive: true, mode: 0o711 });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', path]);
  } catch (error) {
    return { missing: (error as Error).message.trim().split('\n').at(-1) ?? 'mount failed' };
  }
  t.teardown(() => run('umount', ['-l', path]));
  const ballast = join(path, 'ballast');
  return {
    path,
    async fill() {
      const file = await open(ballast, 'w');
      const block = Buffer.alloc(1024 * 1024);
      try {
        const { bavail, bsize } = await statfs(path);
        for (let left = bavail * bsize; left > 0; left -= block.length)
          await file.write(block, 0, Math.min(left, block.length));
      } catch (error) {
        // Others write meanwhile: it is full when it says so.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
  };
}
