import { newId } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

/** The right to refresh a feed, for a while: `id` is the lease's own, and no other lease of the feed has it. */
export interface Lease {
  readonly id: string;
  readonly tenantId: string;
  readonly feedId: string;
}

/** Somebody else refreshes the feed by now, or it was changed: nothing more may be committed of what was fetched. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

const leaseSeconds = 30;
export const renewEveryMs = (leaseSeconds * 1_000) / 3;
/** When a process died over a feed, it is tried again after so long: it may be the feed that kills. */
const afterDeathMinutes = 5;

/** Takes the feed that is due for longest and that nobody refreshes. Null when there is none. */
export async function claimFeed(systemDb: Kysely<EmailScanningDb>): Promise<Lease | null> {
  const lease = newId();
  const { rows } = await sql<{ tenant_id: string; id: string }>`
    update feeds set lease = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds}),
      last_attempt_at = now(), next_refresh_at = now() + make_interval(mins => ${afterDeathMinutes})
    where (tenant_id, id) in (
      select tenant_id, id from feeds
      where next_refresh_at <= now() and (leased_until is null or leased_until < now())
      order by next_refresh_at limit 1 for update skip locked)
    returning tenant_id, id`.execute(systemDb);
  const [row] = rows;
  return row ? { id: lease, tenantId: row.tenant_id, feedId: row.id } : null;
}

/** Locks the feed for what is committed with it. Throws `LeaseLost` when it is another's. */
export async function holdLease(
  trx: Transaction<EmailScanningDb>,
  { feedId, id }: Lease,
): Promise<{ generation: number; indicators: number }> {
  const row = await trx
    .selectFrom('feeds')
    .select(['generation', 'indicators'])
    .where('id', '=', feedId)
    .where('lease', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new LeaseLost();
  return row;
}

export async function renewLease(systemDb: Kysely<EmailScanningDb>, lease: Lease): Promise<void> {
  await sql`
    update feeds set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where tenant_id = ${lease.tenantId} and id = ${lease.feedId} and lease = ${lease.id}`.execute(systemDb);
}

/** Gives the feed back, to be refreshed by somebody else after so many seconds. */
export async function releaseLease(
  systemDb: Kysely<EmailScanningDb>,
  lease: Lease,
  afterSeconds: number,
): Promise<void> {
  await sql`
    update feeds set lease = null, leased_until = null,
      next_refresh_at = now() + make_interval(secs => ${afterSeconds})
    where tenant_id = ${lease.tenantId} and id = ${lease.feedId} and lease = ${lease.id}`.execute(systemDb);
}
