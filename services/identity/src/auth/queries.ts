import type { Role, Scope, TenantMode } from '@stockade/contracts';
import type { SignInMethod } from '@stockade/contracts/identity';
import { removeInBatches } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb>;

/** Across tenants, by the system role. */
export async function findForLogin(systemDb: Db, email: string) {
  return systemDb
    .selectFrom('users as u')
    .innerJoin('tenants as t', 't.tenant_id', 'u.tenant_id')
    .select([
      'u.tenant_id',
      'u.id',
      'u.email',
      'u.name',
      'u.role',
      'u.status',
      'u.password_hash',
      'u.version',
      'u.created_at',
      'u.updated_at',
    ])
    .where('u.email', '=', email.toLowerCase())
    .where('t.status', '=', 'active')
    .executeTakeFirst();
}

/** The highest cost of all bcrypt hashes that were imported; null when there is none. Across tenants, by the system role. */
export async function costliestBcrypt(systemDb: Db): Promise<number | null> {
  const cost = sql<string>`substr(password_hash, 5, 2)`;
  const row = await systemDb
    .selectFrom('users')
    .select(cost.as('cost'))
    .where(sql<boolean>`password_hash ^@ '$2'`)
    .orderBy(cost, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.cost) : null;
}

export interface FoundCredential {
  tenantId: string;
  credentialId: string;
  userId: string;
  /** The key's name, or the user's. */
  name: string;
  role: Role;
  planFactor: number;
  mode: TenantMode;
  expiresAt: Date | null;
  stale: boolean;
}

/** A live session by its token's hash, one statement: its user and tenant are active, it is neither ended nor idle too long. */
export async function findSession(
  systemDb: Db,
  tokenHash: Buffer,
  idleMinutes: number,
): Promise<FoundCredential | undefined> {
  return systemDb
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) =>
      join.onRef('u.tenant_id', '=', 's.tenant_id').onRef('u.id', '=', 's.user_id'),
    )
    .innerJoin('tenants as t', 't.tenant_id', 's.tenant_id')
    .select([
      's.tenant_id as tenantId',
      's.id as credentialId',
      'u.id as userId',
      'u.name',
      'u.role',
      't.plan_factor as planFactor',
      't.mode',
      's.expires_at as expiresAt',
      sql<boolean>`s.last_seen_at < now() - interval '1 minute'`.as('stale'),
    ])
    .where('s.token_hash', '=', tokenHash)
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .where('s.last_seen_at', '>', sql<Date>`now() - make_interval(mins => ${idleMinutes})`)
    .where('u.status', '=', 'active')
    .where('t.status', '=', 'active')
    .executeTakeFirst();
}

/** A live API key by its hash; it is dead when the user who made it is. */
export async function findApiKey(
  systemDb: Db,
  keyHash: Buffer,
): Promise<(FoundCredential & { scopes: Scope[] }) | undefined> {
  return systemDb
    .selectFrom('api_keys as k')
    .innerJoin('users as u', (join) =>
      join.onRef('u.tenant_id', '=', 'k.tenant_id').onRef('u.id', '=', 'k.created_by'),
    )
    .innerJoin('tenants as t', 't.tenant_id', 'k.tenant_id')
    .select([
      'k.tenant_id as tenantId',
      'k.id as credentialId',
      'u.id as userId',
      'k.name',
      'u.role',
      'k.scopes',
      't.plan_factor as planFactor',
      't.mode',
      'k.expires_at as expiresAt',
      sql<boolean>`coalesce(k.last_used_at < now() - interval '1 minute', true)`.as('stale'),
    ])
    .where('k.key_hash', '=', keyHash)
    .where('k.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('k.expires_at', 'is', null), eb('k.expires_at', '>', sql<Date>`now()`)]))
    .where('u.status', '=', 'active')
    .where('t.status', '=', 'active')
    .executeTakeFirst();
}

/** Notes that a credential was used; once a minute at most, never for each request. */
export async function touch(
  systemDb: Db,
  table: 'sessions' | 'api_keys',
  { tenantId, credentialId }: FoundCredential,
): Promise<void> {
  if (table === 'sessions') {
    await systemDb
      .updateTable('sessions')
      .set({ last_seen_at: sql`now()` })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', credentialId)
      .execute();
  } else {
    await systemDb
      .updateTable('api_keys')
      .set({ last_used_at: sql`now()` })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', credentialId)
      .execute();
  }
}

export async function insertSession(
  trx: Transaction<IdentityDb>,
  session: {
    tenantId: string;
    id: string;
    userId: string;
    tokenHash: Buffer;
    hours: number;
    method: SignInMethod;
    userAgent: string | null;
    address: string | null;
  },
): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      tenant_id: session.tenantId,
      id: session.id,
      user_id: session.userId,
      token_hash: session.tokenHash,
      method: session.method,
      user_agent: session.userAgent,
      address: session.address,
      expires_at: sql<Date>`now() + make_interval(hours => ${session.hours})` as never,
    })
    .execute();
}

/** Ends one session, or all of a user with the sign-ins under way; gives the number of those that were live. */
export async function endSessions(
  trx: Transaction<IdentityDb>,
  by: { id: string } | { userId: string },
): Promise<number> {
  // First: a sign-in that is finishing now holds its challenge, and its session is seen afterwards.
  if ('userId' in by) await trx.deleteFrom('mfa_challenges').where('user_id', '=', by.userId).execute();
  let query = trx.updateTable('sessions').set({ ended_at: sql`now()` }).where('ended_at', 'is', null);
  query = 'id' in by ? query.where('id', '=', by.id) : query.where('user_id', '=', by.userId);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Removes sessions that ended or expired a day ago. */
export async function deleteOldSessions(systemDb: Db): Promise<number> {
  return removeInBatches(
    systemDb,
    (limit) => sql`
      delete from sessions where (tenant_id, id) in (
        select tenant_id, id from sessions
        where coalesce(ended_at, expires_at) < now() - interval '1 day' limit ${limit} for update skip locked)`,
  );
}
