import type { OrderStatus } from '@stockade/contracts/purchasing';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { OrderMailTable, PurchasingDb } from '../tables.ts';
import { type MailRow, mailColumns } from './queries.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;

export interface DueMail {
  tenant_id: string;
  id: string;
}

/** The mails whose time has come, of all tenants; for the system role. */
export async function listDue(systemDb: Kysely<PurchasingDb>, limit: number): Promise<DueMail[]> {
  return systemDb
    .selectFrom('order_mails')
    .select(['tenant_id', 'id'])
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
}

/** A mail that is ours alone for the time of the lease, and its order's state. */
export type LeasedMail = Selectable<OrderMailTable> & { lease: string; order_status: OrderStatus };

/** Takes a mail for `leaseSeconds`. Undefined when somebody else has it, or it is done. */
export async function leaseMail(
  db: Db,
  id: string,
  { lease, leaseSeconds }: { lease: string; leaseSeconds: number },
): Promise<LeasedMail | undefined> {
  const free = db
    .selectFrom('order_mails')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .forUpdate()
    .skipLocked();
  return db
    .updateTable('order_mails as m')
    .from('purchase_orders as o')
    .set({
      lease,
      rounds: sql`m.rounds + 1`,
      next_attempt_at: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where('m.id', '=', free)
    .whereRef('o.id', '=', 'm.purchase_order_id')
    .returningAll('m')
    .returning('o.status as order_status')
    .executeTakeFirst() as Promise<LeasedMail | undefined>;
}

export async function lockMail(
  db: Db,
  id: string,
  giveUpAfterHours: number,
): Promise<(MailRow & { isOld: boolean }) | undefined> {
  return db
    .selectFrom('order_mails')
    .select(mailColumns)
    .select(sql<boolean>`created_at < now() - make_interval(hours => ${giveUpAfterHours})`.as('isOld'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertAttempts(
  db: Db,
  attempts: readonly Insertable<PurchasingDb['order_mail_attempts']>[],
): Promise<void> {
  if (attempts.length === 0) return;
  await db
    .insertInto('order_mail_attempts')
    .values([...attempts])
    .execute();
}
