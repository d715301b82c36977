import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a file is called while it is written; nobody reads such a file, and what a killed process left of it is removed. */
const unfinished = /^\..*\.[0-9a-f]{12}\.tmp$/;
export const isUnfinished = (name: string): boolean => unfinished.test(name);

/** Makes what was renamed or made in a folder outlive a crash of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file that is there whole or not at all, whatever dies: written aside, flushed, renamed, and the folder flushed. A
 * failed write (a full disk) leaves what was there before.
 */
export async function writeDurably(
  path: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const aside = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(aside, 'wx', 0o600);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(folder);
}
