import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dataOf, walFile } from '../repository.ts';
import { sealedAt, verifySealed } from '../sealed/file.ts';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import type { Source } from './choose.ts';

/** Throws a SealedFileError when the base backup's contents are not byte for byte what its manifest says. */
export async function verifyBase({ repository, manifest }: Source): Promise<void> {
  const { path } = dataOf(repository, manifest.id);
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(part);
  } catch (error) {
    throw new SealedFileError(path, 'damaged', `cannot be read (${(error as Error).message})`);
  }
  if (hash.digest('hex') !== manifest.data.sha256)
    throw new SealedFileError(path, 'damaged', 'is damaged or incomplete');
}

/** The segments that lead to a moment: up to the first that was finished at or after it. All of them without one. */
export async function segmentsUntil({ repository, course }: Source, to: Date | undefined): Promise<string[]> {
  if (!to) return course.segments;
  const { segments } = course;
  let from = 0;
  let end = segments.length - 1;
  while (from < end) {
    const middle = (from + end) >> 1;
    if ((await sealedAt(walFile(repository, segments[middle] as string).path)) >= to) end = middle;
    else from = middle + 1;
  }
  return segments.slice(0, end + 1);
}

/** Throws a SealedFileError that says up to when the log is good. */
export async function verifyWal(
  { repository }: Source,
  keys: BackupKeys,
  segments: readonly string[],
  onProgress?: (done: number) => void,
): Promise<void> {
  let good: Date | undefined;
  for (const [at, name] of segments.entries()) {
    const place = walFile(repository, name);
    try {
      await verifySealed(place, keys);
    } catch (error) {
      if (!(error instanceof SealedFileError)) throw error;
      const until = good
        ? `a moment up to ${good.toISOString()} can be restored`
        : 'nothing after it can be restored';
      throw new SealedFileError(place.path, error.reason, `is damaged: ${until}`);
    }
    good = await sealedAt(place.path);
    onProgress?.(at + 1);
  }
}
