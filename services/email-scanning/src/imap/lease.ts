import { newId } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb>;

/** The right to read a mailbox, for a while: of all replicas one has it. `id` is the lease's own. */
export interface Lease {
  readonly id: string;
  readonly tenantId: string;
  readonly sourceId: string;
}

/** Somebody else reads the mailbox by now, or its source was changed: nothing more may be committed for it. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

const leaseSeconds = 30;
export const renewEveryMs = (leaseSeconds * 1_000) / 3;

/** Takes the active mailbox that is due for longest and that nobody reads. Null when there is none. */
export async function claimMailbox(systemDb: Db): Promise<Lease | null> {
  const lease = newId();
  const { rows } = await sql<{ tenant_id: string; source_id: string }>`
    update source_states set lease = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds})
    where (tenant_id, source_id) in (
      select st.tenant_id, st.source_id
      from source_states st join sources s on s.tenant_id = st.tenant_id and s.id = st.source_id
      where s.kind = 'imap' and s.active and st.next_poll_at <= now()
        and (st.leased_until is null or st.leased_until < now())
      order by st.next_poll_at limit 1 for update of st skip locked)
    returning tenant_id, source_id`.execute(systemDb);
  const [row] = rows;
  return row ? { id: lease, tenantId: row.tenant_id, sourceId: row.source_id } : null;
}

/** False when it is another's by now. */
export async function renewLease(systemDb: Db, { id, tenantId, sourceId }: Lease): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update source_states set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where tenant_id = ${tenantId} and source_id = ${sourceId} and lease = ${id}`.execute(systemDb);
  return numAffectedRows === 1n;
}

/** Locks the mailbox's state for what is committed with it. Throws `LeaseLost` when it is another's. */
export async function holdLease(trx: Transaction<EmailScanningDb>, { id, sourceId }: Lease): Promise<void> {
  const row = await trx
    .selectFrom('source_states')
    .select('source_id')
    .where('source_id', '=', sourceId)
    .where('lease', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new LeaseLost();
}

/** Gives the mailbox back, to be read on by whoever comes after so many seconds. */
export async function releaseLease(
  systemDb: Db,
  { id, tenantId, sourceId }: Lease,
  afterSeconds: number,
): Promise<void> {
  await sql`
    update source_states
    set lease = null, leased_until = null, next_poll_at = now() + make_interval(secs => ${afterSeconds})
    where tenant_id = ${tenantId} and source_id = ${sourceId} and lease = ${id}`.execute(systemDb);
}

const firstPauseSeconds = 5;
const longestPauseSeconds = 900;

/** After `failures` in a row; not at the same moment for all mailboxes of a server that comes back. */
export const pauseSeconds = (failures: number, random = Math.random()): number =>
  Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);
