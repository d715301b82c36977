import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../durable.ts';
import { type Repository, walFile } from '../repository.ts';
import { seal, unseal } from '../sealed/file.ts';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';

const readBytes = 256 * 1024;

/** Another content is archived under that name already: two servers write to one place, or a folder was mixed up. */
export class DifferentWal extends Error {
  override name = 'DifferentWal';
}

async function hashOf(source: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of source) hash.update(part);
  return hash.digest('hex');
}

/**
 * Archives one finished file of the log. The same content again is fine, another one is refused; what is there and does not open
 * with our own key is damaged, and replaced. When this returns, the file is on disk, its folder flushed. `finishedAt` is kept
 * with it: all that was committed before is in this file or in earlier ones.
 */
export async function archiveFile(
  repository: Repository,
  keys: BackupKeys,
  file: { name: string; path: string; finishedAt: Date },
): Promise<void> {
  const place = walFile(repository, file.name);
  const content = () => createReadStream(file.path, { highWaterMark: readBytes });
  if ((await stat(place.path).catch(() => undefined)) && (await isKept())) return;
  const folder = dirname(place.path);
  if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(dirname(folder));
  await seal(place, keys, file.finishedAt, content());

  async function isKept(): Promise<boolean> {
    try {
      let kept = '';
      await unseal(place, keys, async (plain) => {
        kept = await hashOf(plain);
      });
      if (kept === (await hashOf(content()))) return true;
    } catch (error) {
      if (!(error instanceof SealedFileError) || error.reason !== 'damaged') throw error;
      await rename(place.path, `${place.path}.damaged`);
      return false;
    }
    throw new DifferentWal(`${place.path} is archived with another content: it is not overwritten`);
  }
}
