import { newId } from '@stockade/database';
import { type Kysely, type RawBuilder, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
type Db = Kysely<any>;

/**
 * A table of jobs: tenant_id, id, version, created_at, updated_at, status (queued, running, completed or failed), failure,
 * finished_at, lease, leased_until, attempts.
 */
export interface JobTable {
  readonly name: string;
  /** A column that is emptied when a job is given up. */
  readonly content?: string;
}

/** The right to work on a job, for a while: `id` is the lease's own, and no other lease of the job has it. */
export interface Lease {
  /** The table's name. */
  readonly table: string;
  readonly id: string;
  readonly tenantId: string;
  readonly jobId: string;
}

/** Somebody else works on the job by now, or it is gone: nothing more may be committed for it. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

const leaseSeconds = 30;
export const renewEveryMs = (leaseSeconds * 1_000) / 3;
/** So often a job is begun before it is given up. */
const maxAttempts = 5;

const gaveUp = `It was begun ${maxAttempts} times and never came to its end: what went wrong is in the service's log.`;

/**
 * Takes the oldest job that nobody works on: a new one, or one whose process died. One at a time for each tenant, so
 * that files are worked off in the order in which they came and nobody fills all workers. `unless` keeps more jobs
 * (`j`) waiting. Claims wait for each other, which makes what they see exact. Null when there is nothing to do.
 */
export async function claimJob(
  systemDb: Db,
  { name, content }: JobTable,
  unless: RawBuilder<boolean> = sql<boolean>`false`,
): Promise<Lease | null> {
  const jobs = sql.table(name);
  const emptied =
    content === undefined
      ? sql``
      : sql`, ${sql.ref(content)} = case when attempts < ${maxAttempts} then ${sql.ref(content)} end`;
  const isDue = sql`j.status in ('queued', 'running') and (j.leased_until is null or j.leased_until < now())`;
  // Mostly there is nothing, which one statement tells.
  const { rows: due } = await sql`select from ${jobs} j where ${isDue} limit 1`.execute(systemDb);
  if (due.length === 0) return null;
  const lease = newId();
  return systemDb.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`claim ${name}`}, 0))`.execute(trx);
    const { rows } = await sql<{ tenant_id: string; id: string; status: string }>`
      update ${jobs} set version = version + 1, updated_at = now(), lease = ${lease}, attempts = attempts + 1,
        leased_until = now() + make_interval(secs => ${leaseSeconds}),
        status = case when attempts < ${maxAttempts} then 'running' else 'failed' end,
        failure = case when attempts < ${maxAttempts} then null else ${gaveUp} end,
        finished_at = case when attempts < ${maxAttempts} then null else now() end
        ${emptied}
      where (tenant_id, id) in (
        select j.tenant_id, j.id from ${jobs} j
        where ${isDue}
          and not exists (
            select from ${jobs} o where o.tenant_id = j.tenant_id and o.status = 'running' and o.leased_until > now())
          and not ${unless}
        order by j.created_at limit 1 for update skip locked)
      returning tenant_id, id, status`.execute(trx);
    const [row] = rows;
    return row?.status === 'running'
      ? { table: name, id: lease, tenantId: row.tenant_id, jobId: row.id }
      : null;
  });
}

const ofLease = ({ tenantId, jobId, id }: Lease) =>
  sql`tenant_id = ${tenantId} and id = ${jobId} and lease = ${id} and status = 'running'`;

/** Locks the job for what is committed with it. Throws `LeaseLost` when it is another's. */
export async function holdLease(trx: Db, lease: Lease): Promise<void> {
  const { rows } = await sql`
    select id from ${sql.table(lease.table)} where ${ofLease(lease)} for update`.execute(trx);
  if (rows.length === 0) throw new LeaseLost();
}

export async function renewLease(systemDb: Db, lease: Lease): Promise<void> {
  await sql`
    update ${sql.table(lease.table)} set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where ${ofLease(lease)}`.execute(systemDb);
}

/** Gives the job back, to be continued after so many seconds. `counts`: this attempt was one of those it has. */
export async function releaseLease(
  systemDb: Db,
  lease: Lease,
  { afterSeconds, counts }: { afterSeconds: number; counts: boolean },
): Promise<void> {
  await sql`
    update ${sql.table(lease.table)}
    set lease = null, leased_until = now() + make_interval(secs => ${afterSeconds}), attempts = attempts - ${counts ? 0 : 1}
    where ${ofLease(lease)}`.execute(systemDb);
}
