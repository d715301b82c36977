import { type Selectable, sql, type Transaction } from 'kysely';
import type { IdentityDb, TotpTable } from '../tables.ts';

type Trx = Transaction<IdentityDb>;

export const maxFailures = 10;
export const failureMinutes = 15;

const failingNow = sql<boolean>`coalesce(failing_since > now() - make_interval(mins => ${failureMinutes}), false)`;

export interface TotpRow extends Selectable<TotpTable> {
  /** Too many wrong codes of late: none is looked at. */
  blocked: boolean;
}

/** Whoever checks a code holds this row: two uses of one code come one after the other. */
export async function lockTotp(trx: Trx, userId: string): Promise<TotpRow | undefined> {
  return trx
    .selectFrom('totp_credentials')
    .selectAll()
    .select(sql<boolean>`${failingNow} and failures >= ${maxFailures}`.as('blocked'))
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
}

/** Undefined when sign-ins of the user ask for no second factor. */
export async function findActiveTotp(
  trx: Trx,
  userId: string,
): Promise<{ recoveryCodesLeft: number } | undefined> {
  return trx
    .selectFrom('totp_credentials as t')
    .select(
      sql<number>`(select count(*)::int from recovery_codes r where r.tenant_id = t.tenant_id and r.user_id = t.user_id and r.used_at is null)`.as(
        'recoveryCodesLeft',
      ),
    )
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
}

/** What the user has, in one statement. */
export async function findMfa(trx: Trx, userId: string) {
  return trx
    .selectFrom('users as u')
    .leftJoin('totp_credentials as t', (join) =>
      join.onRef('t.tenant_id', '=', 'u.tenant_id').onRef('t.user_id', '=', 'u.id'),
    )
    .select([
      sql<
        'none' | 'pending' | 'active'
      >`case when t.user_id is null then 'none' when t.confirmed_at is null then 'pending' else 'active' end`.as(
        'totp',
      ),
      sql<number>`(select count(*)::int from recovery_codes r where r.tenant_id = u.tenant_id and r.user_id = u.id and r.used_at is null)`.as(
        'recoveryCodesLeft',
      ),
      sql<number>`(select count(*)::int from passkeys p where p.tenant_id = u.tenant_id and p.user_id = u.id)`.as(
        'passkeys',
      ),
    ])
    .where('u.id', '=', userId)
    .executeTakeFirstOrThrow();
}

/** Takes the place of one that is pending; false when there is a confirmed one. */
export async function putPendingTotp(
  trx: Trx,
  totp: { tenant_id: string; user_id: string; secret: Buffer },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('totp_credentials')
    .values(totp)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'user_id'])
        .doUpdateSet({ secret: totp.secret, last_step: 0, created_at: sql`now()` })
        .where('totp_credentials.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Uses a time step up; false when it, or a later one, was used before. */
export async function takeStep(trx: Trx, userId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('totp_credentials')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Uses a recovery code up; false for a wrong one and one that was used. */
export async function takeRecoveryCode(trx: Trx, userId: string, codeHash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recovery_codes')
    .set({ used_at: sql`now()` })
    .where('user_id', '=', userId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function noteFailure(trx: Trx, userId: string): Promise<void> {
  await trx
    .updateTable('totp_credentials')
    .set({
      failures: sql`case when ${failingNow} then failures + 1 else 1 end`,
      failing_since: sql`case when ${failingNow} then failing_since else now() end`,
    })
    .where('user_id', '=', userId)
    .execute();
}

export async function clearFailures(trx: Trx, userId: string): Promise<void> {
  await trx
    .updateTable('totp_credentials')
    .set({ failures: 0, failing_since: null })
    .where('user_id', '=', userId)
    .execute();
}

export async function confirmTotp(trx: Trx, userId: string): Promise<void> {
  await trx
    .updateTable('totp_credentials')
    .set({ confirmed_at: sql`now()` })
    .where('user_id', '=', userId)
    .execute();
}

/** All codes that were there before are dead. */
export async function replaceRecoveryCodes(
  trx: Trx,
  { tenantId, userId, hashes }: { tenantId: string; userId: string; hashes: Buffer[] },
): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await trx
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ tenant_id: tenantId, user_id: userId, code_hash: hash })))
    .execute();
}

/** Authenticator app and recovery codes; whether there was one. */
export async function deleteTotp(trx: Trx, userId: string): Promise<boolean> {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('totp_credentials')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
