import { type Kysely, sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb>;

export interface Counter {
  account: Buffer;
  /** Empty: whoever never signed in before. */
  device: Buffer;
}

interface Rule {
  after: number;
  windowSeconds: number;
}

const firstWaitSeconds = 30;
const maxWaitSeconds = 15 * 60;

/**
 * Counts an attempt before its password is looked at, so that a thousand at once are no thousand guesses; the attempt
 * that reaches the limit shuts the door behind it, each later one for twice as long. One statement; false when shut.
 */
export async function takeAttempt(
  systemDb: Db,
  { account, device }: Counter,
  owner: { tenantId: string | null; userId: string | null },
  { after, windowSeconds }: Rule,
): Promise<boolean> {
  const over = sql`case when f.failures < ${after}::int then f.window_started_at else f.blocked_until end
    < now() - make_interval(secs => ${windowSeconds}::int)`;
  const wait = sql`least(${maxWaitSeconds}::int, ${firstWaitSeconds}::int * 2 ^ least(f.failures + 1 - ${after}::int, 10))`;
  const { rows } = await sql`
    insert into sign_in_failures as f (account, device, tenant_id, user_id, failures)
    values (${account}, ${device}, ${owner.tenantId}, ${owner.userId}, 1)
    on conflict (account, device) do update set
      tenant_id = excluded.tenant_id,
      user_id = excluded.user_id,
      failures = case when ${over} then 1 else f.failures + 1 end,
      window_started_at = case when ${over} or f.failures = 0 then now() else f.window_started_at end,
      blocked_until = case when ${over} or f.failures + 1 < ${after}::int then null
        else now() + make_interval(secs => ${wait}) end,
      untold = f.untold or (excluded.user_id is not null and not (${over}) and f.failures + 1 = ${after}::int)
    where f.blocked_until is null or f.blocked_until <= now()
    returning 1`.execute(systemDb);
  return rows.length === 1;
}

/** Seconds until the door opens. */
export async function secondsShut(systemDb: Db, { account, device }: Counter): Promise<number> {
  const row = await systemDb
    .selectFrom('sign_in_failures')
    .select(sql<number>`ceil(extract(epoch from blocked_until - now()))::int`.as('seconds'))
    .where('account', '=', account)
    .where('device', '=', device)
    .executeTakeFirst();
  return Math.max(1, row?.seconds ?? 1);
}

/** A sign-in that succeeded at the limit began no episode: nobody is told of one. */
export async function forgetFailures(
  systemDb: Db,
  { account, device }: Counter,
  { after }: Rule,
): Promise<void> {
  await systemDb
    .updateTable('sign_in_failures')
    .set({ failures: 0, blocked_until: null, untold: sql`untold and failures > ${after}::int` })
    .where('account', '=', account)
    .where('device', '=', device)
    .execute();
}

export interface Slowed extends Counter {
  tenant_id: string;
  user_id: string;
}

/** Accounts that are slowed and of whose slowing nobody was told; by the system role. */
export async function listUntold(systemDb: Db, limit: number): Promise<Slowed[]> {
  const rows = await systemDb
    .selectFrom('sign_in_failures')
    .select(['account', 'device', 'tenant_id', 'user_id'])
    .where('untold', '=', true)
    .limit(limit)
    .execute();
  return rows as Slowed[];
}

/** True for one caller alone. */
export async function markTold(trx: Transaction<IdentityDb>, { account, device }: Counter): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sign_in_failures')
    .set({ untold: false })
    .where('account', '=', account)
    .where('device', '=', device)
    .where('untold', '=', true)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const maxRows = 200_000;

/** Removes what counts no more, and the oldest of too many: those that are slowed stay longest. */
export async function deleteOldFailures(systemDb: Db, windowSeconds: number): Promise<number> {
  const old = await sql`
    delete from sign_in_failures where not untold
      and greatest(window_started_at, blocked_until) < now() - make_interval(secs => ${windowSeconds}::int)`.execute(
    systemDb,
  );
  const beyond = await sql`
    delete from sign_in_failures where (account, device) in (
      select account, device from sign_in_failures
      order by blocked_until desc nulls last, window_started_at desc offset ${maxRows})`.execute(systemDb);
  return Number((old.numAffectedRows ?? 0n) + (beyond.numAffectedRows ?? 0n));
}
