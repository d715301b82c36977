import { type Kysely, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import { minutesToNext } from './rules.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** How an attempt ended well. */
export interface FinishedAttempt {
  intervalMinutes: number;
  /** Whether the feed is fetched again by itself. */
  scheduled: boolean;
  /** What the source's answer was marked with; left as it is when undefined. */
  marks?: { etag: string | null; lastModified: string | null };
  uploadId?: string;
  /** Set when the indicators are others than before. */
  generation?: number;
  indicators?: number;
}

/** A file that came meanwhile is due at once. */
const nextRefresh = (scheduled: boolean, minutes: number) => sql<Date | null>`
  case when exists (select from feed_uploads u where u.feed_id = feeds.id) then now()
    ${scheduled ? sql`else now() + make_interval(mins => ${minutes})` : sql`else null`} end`;

/** Notes a success and gives the lease back. Call it with the lease held. */
export async function finishAttempt(db: Db, feedId: string, finished: FinishedAttempt): Promise<void> {
  const { marks, uploadId, generation, indicators, intervalMinutes, scheduled } = finished;
  if (uploadId) await db.deleteFrom('feed_uploads').where('id', '=', uploadId).execute();
  await db
    .updateTable('feeds')
    .set({
      ...{ last_success_at: sql`now()`, last_error: null, failures: 0, accept_shrink: false },
      ...(generation === undefined ? {} : { generation, generation_at: sql`now()` }),
      ...(indicators === undefined ? {} : { indicators }),
      ...(marks ? { etag: marks.etag, last_modified: marks.lastModified } : {}),
      next_refresh_at: nextRefresh(scheduled, intervalMinutes),
      ...{ lease: null, leased_until: null, version: sql`version + 1`, updated_at: sql`now()` },
    })
    .where('id', '=', feedId)
    .execute();
}

/** Notes why an attempt failed and gives the lease back; what was there stays in use. Call it with the lease held. */
export async function failAttempt(
  db: Db,
  feedId: string,
  failed: Pick<FinishedAttempt, 'intervalMinutes' | 'scheduled' | 'uploadId'> & {
    reason: string;
    /** In a row, this one included. */
    failures: number;
  },
): Promise<void> {
  const { uploadId, reason, failures, intervalMinutes, scheduled } = failed;
  if (uploadId) await db.deleteFrom('feed_uploads').where('id', '=', uploadId).execute();
  await db
    .updateTable('feeds')
    .set({
      ...{ last_error: reason.slice(0, 500), failures, accept_shrink: false },
      next_refresh_at: nextRefresh(scheduled, minutesToNext(intervalMinutes, failures)),
      ...{ lease: null, leased_until: null, version: sql`version + 1`, updated_at: sql`now()` },
    })
    .where('id', '=', feedId)
    .execute();
}
