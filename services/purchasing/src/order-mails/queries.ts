import type { OrderMail } from '@stockade/contracts/purchasing';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { OrderRow } from '../purchase-orders/queries.ts';
import type { OrderMailTable, PurchasingDb } from '../tables.ts';
import type { DocumentLine } from './document.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;

/** What is shown of a mail: not its contents. */
export const mailColumns = [
  'id',
  'version',
  'created_at',
  'updated_at',
  'purchase_order_id',
  'status',
  'recipients',
  'subject',
  'note',
  'next_attempt_at',
  'lease',
  'rounds',
  'provider',
  'provider_id',
  'sent_at',
] as const;
export type MailRow = Pick<Selectable<OrderMailTable>, (typeof mailColumns)[number]>;

const attemptsShown = 100;

/** An order's lines as its supplier reads them; amounts are rounded as the order's total is. */
export async function documentLines(db: Db, orderId: string, decimals: number): Promise<DocumentLine[]> {
  const { rows } = await sql<DocumentLine>`
    select coalesce(i.sku, l.item_id::text) as sku, coalesce(i.name, '') as name, coalesce(i.unit, '') as unit,
      trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as "unitPrice",
      trim_scale(round(l.quantity * l.unit_price, ${decimals}::int))::text as amount
    from purchase_order_lines l left join items i on (i.tenant_id, i.id) = (l.tenant_id, l.item_id)
    where l.purchase_order_id = ${orderId} order by l.position`.execute(db);
  return rows;
}

export async function insertMail(db: Db, mail: Insertable<OrderMailTable>): Promise<void> {
  await db.insertInto('order_mails').values(mail).execute();
}

/** `underWay`: somebody is at work on it at this moment. */
export type LatestMail = MailRow & { underWay: boolean };

/** The order's newest mail, locked. Call it with the order locked. */
export async function lockLatestMail(db: Db, orderId: string): Promise<LatestMail | undefined> {
  return db
    .selectFrom('order_mails')
    .select(mailColumns)
    .select(sql<boolean>`lease is not null and next_attempt_at > now()`.as('underWay'))
    .where('purchase_order_id', '=', orderId)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateMail(db: Db, id: string, changes: Updateable<OrderMailTable>): Promise<MailRow> {
  return db
    .updateTable('order_mails')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(mailColumns)
    .executeTakeFirstOrThrow();
}

/** The latest attempts of each mail, oldest first. */
async function attemptsOf(db: Db, mailIds: readonly string[]) {
  const ranked = db
    .selectFrom('order_mail_attempts')
    .selectAll()
    .select(sql<string>`row_number() over (partition by mail_id order by id desc)`.as('rank'))
    .where('mail_id', 'in', mailIds);
  const rows = await db
    .selectFrom(ranked.as('a'))
    .selectAll()
    .where('rank', '<=', String(attemptsShown))
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.mail_id);
}

export async function listMails(db: Db, order: OrderRow, query: ListQuery): Promise<MailRow[]> {
  const mails = db.selectFrom('order_mails').select(mailColumns).where('purchase_order_id', '=', order.id);
  return applyPage(mails, query).execute();
}

/** Mails with their attempts: one statement, however many mails there are. */
export async function withAttempts(db: Db, rows: readonly MailRow[]): Promise<OrderMail[]> {
  if (rows.length === 0) return [];
  const attempts = await attemptsOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    purchaseOrderId: row.purchase_order_id,
    status: row.status,
    to: row.recipients.map(({ email }) => email),
    subject: row.subject,
    note: row.note,
    nextAttemptAt: row.status === 'queued' ? row.next_attempt_at.toISOString() : null,
    sentAt: row.sent_at?.toISOString() ?? null,
    provider: row.provider,
    providerId: row.provider_id,
    attempts: (attempts.get(row.id) ?? []).map((attempt) => ({
      provider: attempt.provider,
      startedAt: attempt.started_at.toISOString(),
      durationMs: attempt.duration_ms,
      outcome: attempt.outcome,
      detail: attempt.detail,
    })),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
