import { type Manifest, readManifest } from '../base/manifest.ts';
import { listBases, listRepositories, listWal, type Repository } from '../repository.ts';
import { SealedFileError } from '../sealed/format.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import { type Course, courseFrom, openArchive } from './course.ts';

/** A base backup, and every moment that it leads to: from `from` to `course.until`. */
export interface Source {
  /** When it ended; of one with nothing but the log that it needs, whose last file was full shortly before: the moment of that. */
  from: Date;
  repository: Repository;
  manifest: Manifest;
  course: Course & { until: Date };
}

export interface Kept {
  /** Oldest first. */
  sources: Source[];
  /** What is there and of no use: damaged, sealed with another key, or without the log that it needs. */
  unusable: { id: string; reason: string }[];
}

/** What can be restored from a folder. */
export async function listKept(folder: string, keys: BackupKeys): Promise<Kept> {
  const kept: Kept = { sources: [], unusable: [] };
  for (const repository of await listRepositories(folder)) {
    try {
      await readRepository(repository, keys, kept);
    } catch (error) {
      if (!(error instanceof SealedFileError)) throw error;
      kept.unusable.push({ id: repository.systemId, reason: error.message });
    }
  }
  kept.sources.sort((a, b) => a.manifest.endedAt.localeCompare(b.manifest.endedAt));
  return kept;
}

async function readRepository(repository: Repository, keys: BackupKeys, kept: Kept): Promise<void> {
  const archive = await openArchive(repository, keys, await listWal(repository));
  for (const id of await listBases(repository)) {
    try {
      const manifest = await readManifest(repository, keys, id);
      const { until, ...course } = await courseFrom(repository, manifest, archive);
      const endedAt = new Date(manifest.endedAt);
      const from = until && until < endedAt ? until : endedAt;
      if (until) kept.sources.push({ repository, manifest, from, course: { ...course, until } });
      else kept.unusable.push({ id, reason: 'the write-ahead log that it needs is missing' });
    } catch (error) {
      if (!(error instanceof SealedFileError)) throw error;
      kept.unusable.push({ id, reason: error.message });
    }
  }
}

/** The moment, or any moment, cannot be restored; the message says what can. */
export class NotKept extends Error {
  override name = 'NotKept';
}

/** The base backups that lead to a moment (without one: to the newest), the best first: the one with the least log to replay. */
export function sourcesFor({ sources, unusable }: Kept, to: Date | undefined): Source[] {
  const newest = Math.max(...sources.map(({ course }) => course.until.getTime()));
  const wanted = to?.getTime() ?? newest;
  const found = sources.filter(
    ({ from, course }) => from.getTime() <= wanted && course.until.getTime() >= wanted,
  );
  if (found.length > 0) return found.reverse();
  if (sources.length === 0) {
    const reasons = unusable.map(({ id, reason }) => `\n  ${id}: ${reason}`);
    throw new NotKept(`There is no backup that can be restored.${reasons.join('')}`);
  }
  const ranges = spans(sources).map(
    ({ from, until }) => `\n  ${from.toISOString()} to ${until.toISOString()}`,
  );
  const earliest = Math.min(...sources.map(({ from }) => from.getTime()));
  const where = wanted < earliest ? 'before' : wanted > newest ? 'after' : 'in a gap of';
  throw new NotKept(
    `${new Date(wanted).toISOString()} lies ${where} what is kept. What can be restored:${ranges.join('')}`,
  );
}

/** The stretches of time that can be restored, those that overlap as one. */
export function spans(sources: readonly Source[]): { from: Date; until: Date }[] {
  const joined: { from: Date; until: Date }[] = [];
  for (const { from, course } of sources) {
    const last = joined.at(-1);
    if (!last || from > last.until) joined.push({ from, until: course.until });
    else if (course.until > last.until) last.until = course.until;
  }
  return joined;
}
