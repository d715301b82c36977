import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { AccountMailTable, IdentityDb, TokenPurpose } from '../tables.ts';

type Trx = Transaction<IdentityDb>;
export type MailRow = Selectable<AccountMailTable>;

export async function insertMail(trx: Trx, mail: Insertable<AccountMailTable>): Promise<void> {
  await trx.insertInto('account_mails').values(mail).execute();
}

export interface DueMail {
  tenant_id: string;
  id: string;
}

/** The mails whose time has come, of all tenants; for the system role. */
export async function listDue(systemDb: Kysely<IdentityDb>, limit: number): Promise<DueMail[]> {
  return systemDb
    .selectFrom('account_mails')
    .select(['tenant_id', 'id'])
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
}

/** A mail that is ours alone for the time of the lease, with what it says. */
export type LeasedMail = MailRow & {
  purpose: TokenPurpose;
  /** Where the link goes to: for a notice that is not its recipient. */
  linkEmail: string;
  linkIsLive: boolean;
  isLate: boolean;
  tenantName: string;
};

/** Takes a mail for `leaseSeconds`. Undefined when somebody else has it, or it is done. */
export async function leaseMail(
  trx: Trx,
  id: string,
  { lease, leaseSeconds }: { lease: string; leaseSeconds: number },
): Promise<LeasedMail | undefined> {
  const free = trx
    .selectFrom('account_mails')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .forUpdate()
    .skipLocked();
  return trx
    .updateTable('account_mails as m')
    .from('account_tokens as k')
    .from('tenants as t')
    .set({
      lease,
      rounds: sql`m.rounds + 1`,
      next_attempt_at: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where('m.id', '=', free)
    .whereRef('k.id', '=', 'm.token_id')
    .returningAll('m')
    .returning([
      'k.purpose',
      'k.email as linkEmail',
      sql<boolean>`k.ended_at is null and k.expires_at > now()`.as('linkIsLive'),
      sql<boolean>`m.give_up_at <= now()`.as('isLate'),
      't.name as tenantName',
    ])
    .executeTakeFirst() as Promise<LeasedMail | undefined>;
}

export async function lockMail(trx: Trx, id: string): Promise<(MailRow & { isLate: boolean }) | undefined> {
  return trx
    .selectFrom('account_mails')
    .selectAll()
    .select(sql<boolean>`give_up_at <= now()`.as('isLate'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateMail(
  trx: Trx,
  id: string,
  changes: Updateable<AccountMailTable>,
): Promise<MailRow> {
  return trx
    .updateTable('account_mails')
    .set(changes)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
