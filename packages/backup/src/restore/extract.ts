import { createHash } from 'node:crypto';
import { chown, type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { ManifestFile } from '../base/manifest.ts';
import { dataOf } from '../repository.ts';
import { unseal } from '../sealed/file.ts';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import type { Source } from './choose.ts';

export interface DataDirectory {
  path: string;
  /** Whom its files belong to; undefined: to ourselves. */
  uid?: number | undefined;
  gid?: number | undefined;
}

/** Puts a base backup into an empty data directory; each file's size and SHA-256 are compared with the manifest's. */
export async function extractBase(
  { repository, manifest }: Source,
  keys: BackupKeys,
  target: DataDirectory,
  onProgress?: (bytes: number) => void,
): Promise<void> {
  for (const path of manifest.directories) {
    await mkdir(inside(target, path), { recursive: true, mode: 0o700 });
    await give(target, inside(target, path));
  }
  const place = dataOf(repository, manifest.id);
  await unseal(place, keys, async (plain) => {
    const writer = new FileWriter(target, manifest.files, place.path);
    let bytes = 0;
    try {
      for await (const part of plain) {
        await writer.write(part);
        bytes += part.length;
        onProgress?.(bytes);
      }
      await writer.end();
    } finally {
      await writer.close();
    }
  });
  for (const [name, content] of [
    ['backup_label', manifest.backupLabel],
    ['recovery.signal', ''],
  ] as const) {
    await writeFile(join(target.path, name), content, { mode: 0o600 });
    await give(target, join(target.path, name));
  }
}

function inside({ path }: DataDirectory, relative: string): string {
  const joined = normalize(join(path, relative));
  if (!joined.startsWith(`${path}/`)) throw new Error(`${relative} leads out of the data directory`);
  return joined;
}

async function give({ uid, gid }: DataDirectory, path: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** Cuts one stream into the manifest's files. */
class FileWriter {
  readonly #target: DataDirectory;
  readonly #files: readonly ManifestFile[];
  readonly #source: string;
  #at = 0;
  #left = 0;
  #handle: FileHandle | undefined;
  #hash = createHash('sha256');

  constructor(target: DataDirectory, files: readonly ManifestFile[], source: string) {
    this.#target = target;
    this.#files = files;
    this.#source = source;
  }

  async write(part: Buffer): Promise<void> {
    for (let rest = part; rest.length > 0; ) {
      while (!this.#handle) await this.#open();
      const taken = rest.subarray(0, this.#left);
      this.#hash.update(taken);
      await this.#handle.writeFile(taken);
      this.#left -= taken.length;
      rest = rest.subarray(taken.length);
      if (this.#left === 0) await this.#finish();
    }
  }

  /** Gives up a file that did not come to its end. */
  async close(): Promise<void> {
    await this.#handle?.close();
  }

  /** Empty files at the end come with no byte of the stream. */
  async end(): Promise<void> {
    while (!this.#handle && this.#at < this.#files.length && this.#files[this.#at]?.size === 0)
      await this.#open();
    if (this.#handle || this.#at < this.#files.length) throw this.#damaged('ends too early');
  }

  /** Makes the next file; an empty one is done at once. */
  async #open(): Promise<void> {
    const file = this.#files[this.#at];
    if (!file) throw this.#damaged('holds more than its manifest says');
    const path = inside(this.#target, file.path);
    this.#handle = await open(path, 'wx', 0o600);
    await give(this.#target, path);
    this.#left = file.size;
    this.#hash = createHash('sha256');
    if (file.size === 0) await this.#finish();
  }

  async #finish(): Promise<void> {
    const file = this.#files[this.#at++] as ManifestFile;
    await this.#handle?.close();
    this.#handle = undefined;
    if (this.#hash.digest('hex') !== file.sha256)
      throw this.#damaged(`holds ${file.path} with another content`);
  }

  #damaged(detail: string): SealedFileError {
    return new SealedFileError(this.#source, 'damaged', detail);
  }
}
