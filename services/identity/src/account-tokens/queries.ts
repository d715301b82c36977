import { removeInBatches } from '@stockade/database';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AccountTokenTable, IdentityDb, TokenPurpose, UserTable } from '../tables.ts';

type Trx = Transaction<IdentityDb>;
export type AccountTokenRow = Selectable<AccountTokenTable>;

export interface LiveToken {
  tenant_id: string;
  id: string;
  user_id: string;
  purpose: TokenPurpose;
  email: string;
  userName: string;
  userEmail: string;
}

/** A token that can be used now, of a user in that state, across tenants; by the system role. */
export async function findLiveToken(
  systemDb: Kysely<IdentityDb>,
  { id, purpose, status }: { id: string; purpose: TokenPurpose; status: UserTable['status'] },
): Promise<LiveToken | undefined> {
  return systemDb
    .selectFrom('account_tokens as k')
    .innerJoin('users as u', (join) =>
      join.onRef('u.tenant_id', '=', 'k.tenant_id').onRef('u.id', '=', 'k.user_id'),
    )
    .innerJoin('tenants as t', 't.tenant_id', 'k.tenant_id')
    .select(['k.tenant_id', 'k.id', 'k.user_id', 'k.purpose', 'k.email'])
    .select(['u.name as userName', 'u.email as userEmail'])
    .where('k.id', '=', id)
    .where('k.purpose', '=', purpose)
    .where('k.ended_at', 'is', null)
    .where('k.expires_at', '>', sql<Date>`now()`)
    .where('u.status', '=', status)
    .where('t.status', '=', 'active')
    .executeTakeFirst();
}

export async function hasToken(trx: Trx, id: string): Promise<boolean> {
  const row = await trx.selectFrom('account_tokens').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** How many of these the user was sent within the last hour, and in how many seconds the oldest is an hour old. */
export async function countRecent(
  trx: Trx,
  userId: string,
  purpose: TokenPurpose,
): Promise<{ count: number; seconds: number }> {
  return trx
    .selectFrom('account_tokens')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`coalesce(ceil(extract(epoch from min(created_at) + interval '1 hour' - now())), 0)::int`.as(
        'seconds',
      ),
    ])
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('created_at', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow();
}

export async function insertToken(
  trx: Trx,
  token: Pick<AccountTokenRow, 'tenant_id' | 'id' | 'user_id' | 'purpose' | 'email'>,
  minutes: number,
): Promise<AccountTokenRow> {
  return trx
    .insertInto('account_tokens')
    .values({ ...token, expires_at: sql<Date>`now() + make_interval(mins => ${minutes})` as never })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Ends one token; false when it was used, replaced or is too old. */
export async function endToken(trx: Trx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('account_tokens')
    .set({ ended_at: sql`now()` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends all links that were mailed to a user, or those of one purpose. */
export async function endTokens(trx: Trx, userId: string, purpose?: TokenPurpose): Promise<void> {
  let query = trx
    .updateTable('account_tokens')
    .set({ ended_at: sql`now()` })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null);
  if (purpose) query = query.where('purpose', '=', purpose);
  await query.execute();
}

/** Removes tokens, with what is known of their mails, a week after their time was over. */
export async function deleteOldTokens(systemDb: Kysely<IdentityDb>): Promise<number> {
  return removeInBatches(
    systemDb,
    (limit) => sql`
      delete from account_tokens where (tenant_id, id) in (
        select tenant_id, id from account_tokens where expires_at < now() - interval '7 days' limit ${limit})`,
  );
}
