import type { Role } from '@stockade/contracts';
import type { User } from '@stockade/contracts/identity';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { IdentityDb, UserTable } from '../tables.ts';

type Db = Kysely<IdentityDb> | Transaction<IdentityDb>;
export type UserRow = Selectable<UserTable>;

/** A stored user as the API shows it: never the hash. */
export function toUser(row: Omit<UserRow, 'password_hash'>): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findUser(db: Db, id: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockUser(db: Db, id: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export interface UserFilters extends ListQuery {
  role?: Role;
  status?: UserRow['status'];
  search?: string;
}

export async function listUsers(db: Db, { role, status, search, ...query }: UserFilters): Promise<User[]> {
  let users = applyPage(db.selectFrom('users').selectAll(), query);
  if (role) users = users.where('role', '=', role);
  if (status) users = users.where('status', '=', status);
  // position() knows no wildcards: what is searched for is taken as it is.
  if (search)
    users = users.where(sql<boolean>`position(${search.toLowerCase()} in lower(email || ' ' || name)) > 0`);
  return (await users.execute()).map(toUser);
}

export async function insertUser(
  db: Db,
  user: Pick<UserRow, 'tenant_id' | 'id' | 'email' | 'name' | 'role' | 'status' | 'password_hash'>,
): Promise<UserRow> {
  return db.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow();
}

export async function updateUser(
  db: Db,
  id: string,
  changes: Partial<Pick<UserRow, 'email' | 'name' | 'role' | 'status' | 'password_hash'>>,
): Promise<UserRow> {
  return db
    .updateTable('users')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Another hash of the same password: nothing that anybody sees of the user changes, its version neither. */
export async function replaceHash(db: Db, id: string, passwordHash: string): Promise<void> {
  await db.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', id).execute();
}

export async function deleteUser(db: Db, id: string): Promise<void> {
  await db.deleteFrom('users').where('id', '=', id).execute();
}

/** Other active owners. Call it with the tenant locked: two owners could otherwise remove each other at once. */
export async function countOtherOwners(db: Db, userId: string): Promise<number> {
  const row = await db
    .selectFrom('users')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('role', '=', 'owner')
    .where('status', '=', 'active')
    .where('id', '!=', userId)
    .executeTakeFirstOrThrow();
  return row.n;
}
