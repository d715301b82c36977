import { type Kysely, sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb>;
type Trx = Transaction<IdentityDb>;

export const challengeMinutes = 5;
/** Of sign-ins at one time: anybody may begin one. */
const maxOpen = 10_000;

const end = sql<Date>`now() + make_interval(mins => ${challengeMinutes})`;

/** Whoever begins again cannot finish the first. */
export async function putRegistration(
  trx: Trx,
  { tenantId, userId, challenge }: { tenantId: string; userId: string; challenge: string },
): Promise<void> {
  await trx
    .insertInto('passkey_registrations')
    .values({ tenant_id: tenantId, user_id: userId, challenge, expires_at: end as never })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'user_id']).doUpdateSet({ challenge, expires_at: end }),
    )
    .execute();
}

/** The challenge of the user's registration, used up by this. */
export async function takeRegistration(trx: Trx, userId: string): Promise<string | undefined> {
  const taken = await trx
    .deleteFrom('passkey_registrations')
    .where('user_id', '=', userId)
    .returning(['challenge', sql<boolean>`expires_at > now()`.as('good')])
    .executeTakeFirst();
  return taken?.good ? taken.challenge : undefined;
}

/** False when too many sign-ins are under way. */
export async function insertSignIn(systemDb: Db, challenge: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into passkey_challenges (challenge, expires_at)
    select ${challenge}, ${end}
    where (select count(*) from passkey_challenges where expires_at > now()) < ${maxOpen}`.execute(systemDb);
  return numAffectedRows === 1n;
}

/** Uses a sign-in's challenge up; false for one that nobody was given, that is over or was used. */
export async function takeSignIn(systemDb: Db, challenge: string): Promise<boolean> {
  const { numDeletedRows } = await systemDb
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', challenge)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Removes what nobody came back for. */
export async function deleteOldSignIns(systemDb: Db): Promise<number> {
  const { numDeletedRows } = await systemDb
    .deleteFrom('passkey_challenges')
    .where('expires_at', '<', sql<Date>`now()`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
