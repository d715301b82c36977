import type { Feed } from '@stockade/contracts/email-scanning';
import type { Generated } from 'kysely';
import type { ResourceColumns } from '../resource-columns.ts';

export interface FeedTable extends ResourceColumns {
  name: string;
  format: Feed['format'];
  url: string | null;
  interval_minutes: number;
  active: boolean;
  /** Indicators added in a later one are not in use yet. */
  generation: Generated<number>;
  generation_at: Date | null;
  /** Old mail has been looked through for what came until this one. */
  rescanned_generation: Generated<number>;
  indicators: Generated<number>;
  etag: string | null;
  last_modified: string | null;
  accept_shrink: Generated<boolean>;
  last_attempt_at: Date | null;
  last_success_at: Date | null;
  last_error: string | null;
  failures: Generated<number>;
  next_refresh_at: Date | null;
  lease: string | null;
  leased_until: Date | null;
}

export interface FeedTables {
  feeds: FeedTable;
  /** A file that waits; a later one replaces it. `content` is compressed (zstd). */
  feed_uploads: { tenant_id: string; feed_id: string; id: string; content: Buffer };
  /** `hash` is a bigint: text. */
  indicators: { tenant_id: string; hash: string; feed_id: string; added_in: number };
  message_references: { tenant_id: string; hash: string; message_id: string; day: string };
  pending_rescans: { tenant_id: string; message_id: string; requested_at: Generated<Date> };
}
