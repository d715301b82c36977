import { firstSegmentOf, lastSegmentOf, type Manifest } from '../base/manifest.ts';
import { type Repository, walFile } from '../repository.ts';
import { sealedAt, unsealAll } from '../sealed/file.ts';
import type { BackupKeys } from '../sealed/keys.ts';
import {
  type Branch,
  isHistory,
  isSegment,
  parseHistory,
  parseLsn,
  parseSegment,
  segmentName,
  timelineOf,
} from '../wal/names.ts';

/** The way of the log from a base backup on, as far as the archive has it without a gap. */
export interface Course {
  /** The newest timeline that leads on from the backup. */
  timeline: number;
  /** Names, in order. */
  segments: string[];
  /** All that was committed until then is in them; null when not even what the backup itself needs is there. */
  until: Date | null;
}

export interface Archive {
  /** Names of everything archived. */
  names: ReadonlySet<string>;
  /** The ancestors of each timeline that has any, by its number. */
  histories: ReadonlyMap<number, Branch[]>;
}

/** Reads the timelines' histories, which are few and small; of everything else the names. */
export async function openArchive(
  repository: Repository,
  keys: BackupKeys,
  names: readonly string[],
): Promise<Archive> {
  const histories = new Map<number, Branch[]>();
  for (const name of names.filter(isHistory)) {
    const text = await unsealAll(walFile(repository, name), keys);
    histories.set(Number.parseInt(name.slice(0, 8), 16), parseHistory(text.toString()));
  }
  return { names: new Set(names.filter(isSegment)), histories };
}

/** Whether a timeline went on from where the backup was complete. */
function leadsOn(ancestors: readonly Branch[], { timeline, stopLsn }: Manifest): boolean {
  return ancestors.some((branch) => branch.timeline === timeline && branch.lsn >= parseLsn(stopLsn));
}

export async function courseFrom(
  repository: Repository,
  manifest: Manifest,
  { names, histories }: Archive,
): Promise<Course> {
  const later = [...histories].filter(([, ancestors]) => leadsOn(ancestors, manifest));
  const timeline = Math.max(manifest.timeline, ...later.map(([number]) => number));
  const ancestors = histories.get(timeline) ?? [];
  const segments: string[] = [];
  for (let no = firstSegmentOf(manifest); ; no++) {
    const name = segmentName({ timeline: timelineOf(no, timeline, ancestors), no });
    if (!names.has(name)) break;
    segments.push(name);
  }
  const last = segments.at(-1);
  const isComplete = last !== undefined && parseSegment(last).no >= lastSegmentOf(manifest);
  return { timeline, segments, until: isComplete ? await sealedAt(walFile(repository, last).path) : null };
}
