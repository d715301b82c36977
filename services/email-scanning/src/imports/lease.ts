import { newId } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb>;

/** The right to work on an import, for a while: `id` is the lease's own, and no other lease of the import has it. */
export interface Lease {
  readonly id: string;
  readonly tenantId: string;
  readonly importId: string;
  /** It was begun so often that it is only to be given up. */
  readonly beganTooOften: boolean;
}

/** Somebody else works on the import by now: nothing more may be committed for it. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

const leaseSeconds = 30;
export const renewEveryMs = (leaseSeconds * 1_000) / 3;
/** So often an import is begun before it is given up. */
const maxAttempts = 5;
export const gaveUp = `It was begun ${maxAttempts} times and never came to its end: what went wrong is in the service's log.`;

/**
 * Takes the oldest import that nobody works on: a new one, or one whose process died. One of a tenant at a time; claims
 * wait for each other, which makes what they see exact.
 */
export async function claimImport(systemDb: Db): Promise<Lease | null> {
  const isDue = sql`j.status in ('queued', 'running') and (j.leased_until is null or j.leased_until < now())`;
  // Mostly there is nothing, which one statement tells.
  const { rows: due } = await sql`select from imports j where ${isDue} limit 1`.execute(systemDb);
  if (due.length === 0) return null;
  const lease = newId();
  return systemDb.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('claim mail import', 0))`.execute(trx);
    const { rows } = await sql<{ tenant_id: string; id: string; attempts: number }>`
      update imports set version = version + 1, updated_at = now(), lease = ${lease}, status = 'running',
        attempts = least(attempts + 1, ${maxAttempts + 1}),
        leased_until = now() + make_interval(secs => ${leaseSeconds})
      where (tenant_id, id) in (
        select j.tenant_id, j.id from imports j
        where ${isDue}
          and not exists (
            select from imports o where o.tenant_id = j.tenant_id and o.status = 'running' and o.leased_until > now())
        order by j.created_at limit 1 for update skip locked)
      returning tenant_id, id, attempts`.execute(trx);
    const [row] = rows;
    if (!row) return null;
    const beganTooOften = row.attempts > maxAttempts;
    return { id: lease, tenantId: row.tenant_id, importId: row.id, beganTooOften };
  });
}

const ofLease = ({ tenantId, importId, id }: Lease) =>
  sql`tenant_id = ${tenantId} and id = ${importId} and lease = ${id} and status = 'running'`;

/** Locks the import for what is committed with it. Throws `LeaseLost` when it is another's. */
export async function holdLease(trx: Transaction<EmailScanningDb>, lease: Lease): Promise<void> {
  const { rows } = await sql`select id from imports where ${ofLease(lease)} for update`.execute(trx);
  if (rows.length === 0) throw new LeaseLost();
}

export async function renewLease(systemDb: Db, lease: Lease): Promise<void> {
  await sql`
    update imports set leased_until = now() + make_interval(secs => ${leaseSeconds}) where ${ofLease(lease)}`.execute(
    systemDb,
  );
}

/** Gives the import back. `counts`: this attempt was one of those it has. */
export async function releaseLease(
  systemDb: Db,
  lease: Lease,
  { afterSeconds, counts }: { afterSeconds: number; counts: boolean },
): Promise<void> {
  await sql`
    update imports
    set lease = null, leased_until = now() + make_interval(secs => ${afterSeconds}), attempts = attempts - ${counts ? 0 : 1}
    where ${ofLease(lease)}`.execute(systemDb);
}
