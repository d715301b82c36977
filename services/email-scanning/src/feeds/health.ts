import type { Check } from '@stockade/service-kit';
import { type Kysely, sql } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

/** A feed that has not come for so many of its intervals is stale. */
const staleIntervals = 3;

/**
 * How old the feeds of all tenants are. One that does not come is its tenant's to see to; when none comes, something is
 * wrong here.
 */
export async function feedsCheck(systemDb: Kysely<EmailScanningDb>): Promise<Check> {
  const { rows } = await sql<{
    configured: number;
    failing: number;
    stale: number;
    oldest: number | null;
    newest: number | null;
  }>`
    select count(*)::int as configured,
      count(*) filter (where last_error is not null)::int as failing,
      count(*) filter (where coalesce(last_success_at, created_at)
        < now() - make_interval(mins => interval_minutes * ${staleIntervals}))::int as stale,
      extract(epoch from now() - min(last_success_at))::int as oldest,
      extract(epoch from now() - max(last_success_at))::int as newest
    from feeds where active and url is not null`.execute(systemDb);
  const { configured = 0, failing = 0, stale = 0, oldest = null, newest = null } = rows[0] ?? {};
  return {
    status: configured > 0 && stale === configured ? 'degraded' : 'ok',
    details: { configured, failing, stale, oldestAgeSeconds: oldest, newestAgeSeconds: newest },
  };
}
