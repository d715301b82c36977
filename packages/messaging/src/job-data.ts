import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { EventEnvelope } from '@stockade/contracts';

/**
 * What travels: one event as it is, or many for a queue that is worked off in batches, packed (JSON, zstd, base64). Two
 * hundred audit entries are 140 kB of JSON that is much the same and that a queue in PostgreSQL would take apart each time
 * it touches the job: packed they are a tenth of that, and one string.
 */
export type JobData = { events: EventEnvelope[] } | { packed: string };

/** Far above what a full batch can be: outbox rows are bounded by the bodies they come from. */
const maxUnpackedBytes = 256 * 1024 * 1024;

export const pack = (events: readonly EventEnvelope[]): JobData => ({
  packed: zstdCompressSync(JSON.stringify(events)).toString('base64'),
});

export function eventsOfJob(data: JobData): EventEnvelope[] {
  if ('events' in data) return data.events;
  const bytes = zstdDecompressSync(Buffer.from(data.packed, 'base64'), { maxOutputLength: maxUnpackedBytes });
  return JSON.parse(bytes.toString());
}
