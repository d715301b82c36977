import type { Invitation } from '@stockade/contracts/identity';
import type { Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';

/** The latest invitation of a user, with what became of its mail. */
export async function findInvitation(
  trx: Transaction<IdentityDb>,
  userId: string,
): Promise<Invitation | undefined> {
  const row = await trx
    .selectFrom('account_tokens as k')
    .innerJoin('account_mails as m', (join) =>
      join.onRef('m.tenant_id', '=', 'k.tenant_id').onRef('m.token_id', '=', 'k.id'),
    )
    .select(['k.id', 'k.user_id', 'k.email', 'k.created_at', 'k.expires_at'])
    .select(['m.status', 'm.note', 'm.sent_at'])
    .where('k.user_id', '=', userId)
    .where('k.purpose', '=', 'invitation')
    .orderBy('k.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      userId: row.user_id,
      email: row.email,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      mail: { status: row.status, note: row.note, sentAt: row.sent_at?.toISOString() ?? null },
    }
  );
}
