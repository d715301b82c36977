import type { Session } from '@stockade/contracts/identity';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Trx = Transaction<IdentityDb>;

const columns = [
  'id',
  'method',
  'user_agent',
  'address',
  'created_at',
  'last_seen_at',
  'expires_at',
] as const;

/** Those that are good now: neither ended nor expired nor idle too long. */
const live = (trx: Trx, userId: string, idleMinutes: number) =>
  trx
    .selectFrom('sessions')
    .select(columns)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('last_seen_at', '>', sql<Date>`now() - make_interval(mins => ${idleMinutes})`);

interface Owner {
  userId: string;
  idleMinutes: number;
  /** The session that asks. */
  currentId: string | undefined;
}

export async function listSessions(
  trx: Trx,
  { userId, idleMinutes, currentId }: Owner,
  query: ListQuery,
): Promise<Session[]> {
  const rows = await applyPage(live(trx, userId, idleMinutes), query).execute();
  return rows.map((row) => ({
    id: row.id,
    current: row.id === currentId,
    method: row.method,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

/** Ends a session of that user; false when there is none that has not ended. */
export async function endOwnSession(trx: Trx, id: string, userId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ ended_at: sql`now()` })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
