import type { Passkey } from '@stockade/contracts/identity';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { IdentityDb, PasskeyTable } from '../tables.ts';

type Trx = Transaction<IdentityDb>;

const columns = [
  'id',
  'version',
  'created_at',
  'updated_at',
  'name',
  'credential_id',
  'transports',
  'backed_up',
  'last_used_at',
] as const;
export type PasskeyRow = Pick<Selectable<PasskeyTable>, (typeof columns)[number]>;

export function toPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    backedUp: row.backed_up,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function listPasskeys(trx: Trx, userId: string, query: ListQuery): Promise<PasskeyRow[]> {
  return applyPage(trx.selectFrom('passkeys').select(columns), query).where('user_id', '=', userId).execute();
}

export async function findPasskey(trx: Trx, id: string, userId: string): Promise<PasskeyRow | undefined> {
  return trx
    .selectFrom('passkeys')
    .select(columns)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

export async function lockPasskey(trx: Trx, id: string, userId: string): Promise<PasskeyRow | undefined> {
  return trx
    .selectFrom('passkeys')
    .select(columns)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
}

export async function countPasskeys(trx: Trx, userId: string): Promise<number> {
  const row = await trx
    .selectFrom('passkeys')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return row.n;
}

interface NewPasskey {
  tenant_id: string;
  id: string;
  user_id: string;
  name: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  backed_up: boolean;
}

export async function insertPasskey(trx: Trx, passkey: NewPasskey): Promise<PasskeyRow> {
  return trx.insertInto('passkeys').values(passkey).returning(columns).executeTakeFirstOrThrow();
}

export async function renamePasskey(trx: Trx, id: string, name: string): Promise<PasskeyRow> {
  return trx
    .updateTable('passkeys')
    .set({ name, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** One of the user's, or all; gives their number. */
export async function deletePasskeys(trx: Trx, userId: string, id?: string): Promise<number> {
  let query = trx.deleteFrom('passkeys').where('user_id', '=', userId);
  if (id !== undefined) query = query.where('id', '=', id);
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}

/** What the authenticator's counter stands at, for a passkey that is held until the end of the transaction. */
export async function lockCounter(trx: Trx, id: string): Promise<number | undefined> {
  const row = await trx
    .selectFrom('passkeys')
    .select('counter')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && Number(row.counter);
}

export async function noteUse(
  trx: Trx,
  id: string,
  { counter, backedUp }: { counter: number; backedUp: boolean },
): Promise<void> {
  await trx
    .updateTable('passkeys')
    .set({ counter, backed_up: backedUp, last_used_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}
