import type { ApiKey } from '@stockade/contracts/identity';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ApiKeyTable, IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb> | Transaction<IdentityDb>;
export type ApiKeyRow = Omit<Selectable<ApiKeyTable>, 'key_hash'>;

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'name',
  'prefix',
  'scopes',
  'expires_at',
  'last_used_at',
  'revoked_at',
  'replaced_by',
  'created_by',
] as const;

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    replacedBy: row.replaced_by,
    createdBy: row.created_by,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findApiKey(db: Db, id: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockApiKey(db: Db, id: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listApiKeys(db: Db, query: ListQuery): Promise<ApiKey[]> {
  const rows = await applyPage(db.selectFrom('api_keys').select(columns), query).execute();
  return rows.map(toApiKey);
}

export async function insertApiKey(
  db: Db,
  key: Pick<
    Selectable<ApiKeyTable>,
    'tenant_id' | 'id' | 'name' | 'prefix' | 'key_hash' | 'scopes' | 'expires_at' | 'created_by'
  >,
): Promise<ApiKeyRow> {
  return db.insertInto('api_keys').values(key).returning(columns).executeTakeFirstOrThrow();
}

export async function revokeApiKey(db: Db, id: string): Promise<ApiKeyRow> {
  return db
    .updateTable('api_keys')
    .set({ revoked_at: sql`now()`, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** From then on only the other key is good; never later than it was to be. */
export async function replaceApiKey(
  db: Db,
  id: string,
  { by, until }: { by: string; until: Date },
): Promise<ApiKeyRow> {
  return db
    .updateTable('api_keys')
    .set({
      replaced_by: by,
      expires_at: sql<Date>`least(expires_at, ${until})`,
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Revokes what a user made. */
export async function revokeKeysOf(db: Db, userId: string): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ revoked_at: sql`now()`, version: sql`version + 1`, updated_at: sql`now()` })
    .where('created_by', '=', userId)
    .where('revoked_at', 'is', null)
    .execute();
}
