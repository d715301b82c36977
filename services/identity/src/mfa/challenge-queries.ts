import { type Kysely, sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb>;
type Trx = Transaction<IdentityDb>;

const minutes = 5;
export const maxAttempts = 5;

/** Those of the user that are over are removed on the way. */
export async function insertChallenge(
  trx: Trx,
  challenge: { tenant_id: string; user_id: string; id: string; token_hash: Buffer },
): Promise<void> {
  await trx
    .deleteFrom('mfa_challenges')
    .where('user_id', '=', challenge.user_id)
    .where('expires_at', '<=', sql<Date>`now()`)
    .execute();
  await trx
    .insertInto('mfa_challenges')
    .values({ ...challenge, expires_at: sql<Date>`now() + make_interval(mins => ${minutes})` as never })
    .execute();
}

/** Across tenants, by the system role: whose sign-in it is, while user and tenant are active. */
export async function findChallenge(systemDb: Db, tokenHash: Buffer) {
  return systemDb
    .selectFrom('mfa_challenges as c')
    .innerJoin('users as u', (join) =>
      join.onRef('u.tenant_id', '=', 'c.tenant_id').onRef('u.id', '=', 'c.user_id'),
    )
    .innerJoin('tenants as t', 't.tenant_id', 'c.tenant_id')
    .select(['c.tenant_id as tenantId', 'c.id', 'u.id as userId', 'u.name'])
    .where('c.token_hash', '=', tokenHash)
    .where('u.status', '=', 'active')
    .where('t.status', '=', 'active')
    .executeTakeFirst();
}

/** The challenge if it is still good, held until the end of the transaction; gives the attempts made so far. */
export async function lockChallenge(trx: Trx, id: string): Promise<{ attempts: number } | undefined> {
  return trx
    .selectFrom('mfa_challenges')
    .select('attempts')
    .where('id', '=', id)
    .where('attempts', '<', maxAttempts)
    .where('expires_at', '>', sql<Date>`now()`)
    .forUpdate()
    .executeTakeFirst();
}

export async function noteAttempt(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('mfa_challenges').set({ attempts: sql`attempts + 1` }).where('id', '=', id).execute();
}

export async function deleteChallenge(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('mfa_challenges').where('id', '=', id).execute();
}

/** Removes what nobody came back for. */
export async function deleteOldChallenges(systemDb: Db): Promise<number> {
  const { numDeletedRows } = await systemDb
    .deleteFrom('mfa_challenges')
    .where('expires_at', '<', sql<Date>`now()`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
