import { type Kysely, type Selectable, sql } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb>;
export type ResetRequest = Omit<Selectable<IdentityDb['password_reset_requests']>, 'created_at'>;

/** False when too many wait already. Of whose the address is, nothing is asked. */
export async function insertRequest(
  systemDb: Db,
  { id, email, ip, request_id, traceparent }: ResetRequest,
  mostWaiting: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into password_reset_requests (id, email, ip, request_id, traceparent)
    select ${id}::uuid, ${email}, ${ip}, ${request_id}, ${traceparent}
    where (select count(*) from password_reset_requests) < ${mostWaiting}::int
    returning 1`.execute(systemDb);
  return rows.length === 1;
}

export async function listRequests(systemDb: Db, limit: number): Promise<ResetRequest[]> {
  return systemDb
    .selectFrom('password_reset_requests')
    .select(['id', 'email', 'ip', 'request_id', 'traceparent'])
    .orderBy('created_at')
    .limit(limit)
    .execute();
}

export async function deleteRequest(systemDb: Db, id: string): Promise<void> {
  await systemDb.deleteFrom('password_reset_requests').where('id', '=', id).execute();
}

/** Removes what could not be worked off for so long that nobody waits for it any more. */
export async function deleteOldRequests(systemDb: Db): Promise<number> {
  const { numAffectedRows = 0n } =
    await sql`delete from password_reset_requests where created_at < now() - interval '15 minutes'`.execute(
      systemDb,
    );
  return Number(numAffectedRows);
}
