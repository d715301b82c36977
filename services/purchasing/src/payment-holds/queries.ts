import type { PaymentHold } from '@stockade/contracts/purchasing';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { PaymentHoldTable, PurchasingDb } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type HoldRow = Selectable<PaymentHoldTable>;

export async function findHold(db: Db, id: string): Promise<HoldRow | undefined> {
  return db.selectFrom('payment_holds').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Of a hold that was found: none is ever removed. */
export async function lockHold(db: Db, id: string): Promise<HoldRow> {
  return db
    .selectFrom('payment_holds')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

interface HoldFilters extends ListQuery {
  status?: HoldRow['status'];
  purchaseOrderId?: string;
  invoiceId?: string;
  supplierId?: string;
}

export async function listHolds(
  db: Db,
  { status, purchaseOrderId, invoiceId, supplierId, ...query }: HoldFilters,
): Promise<HoldRow[]> {
  let holds = applyPage(db.selectFrom('payment_holds').selectAll(), query);
  if (status) holds = holds.where('status', '=', status);
  if (purchaseOrderId) holds = holds.where('purchase_order_id', '=', purchaseOrderId);
  if (invoiceId) holds = holds.where('invoice_id', '=', invoiceId);
  if (supplierId) holds = holds.where('supplier_id', '=', supplierId);
  return holds.execute();
}

/** An order or an invoice: what a hold is of. */
export type Subject = Pick<HoldRow, 'purchase_order_id' | 'invoice_id'>;

export async function findOpenHold(
  db: Db,
  { purchase_order_id, invoice_id }: Subject,
): Promise<HoldRow | undefined> {
  const holds = db.selectFrom('payment_holds').selectAll().where('status', '=', 'open');
  const ofSubject = purchase_order_id
    ? holds.where('purchase_order_id', '=', purchase_order_id)
    : holds.where('invoice_id', '=', invoice_id);
  return ofSubject.executeTakeFirst();
}

/** When a second person last let the invoice go on. */
export async function lastRelease(db: Db, invoiceId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('payment_holds')
    .select('released_at')
    .where('invoice_id', '=', invoiceId)
    .where('status', '=', 'released')
    .orderBy('released_at', 'desc')
    .executeTakeFirst();
  return row?.released_at ?? null;
}

export async function insertHold(db: Db, hold: Insertable<PaymentHoldTable>): Promise<HoldRow> {
  return db.insertInto('payment_holds').values(hold).returningAll().executeTakeFirstOrThrow();
}

/** Gives false when this mail is evidence of the hold already. */
export async function insertEvidence(
  db: Db,
  evidence: Insertable<PurchasingDb['payment_hold_evidence']>,
): Promise<boolean> {
  const row = await db
    .insertInto('payment_hold_evidence')
    .values(evidence)
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateHold(
  db: Db,
  id: string,
  changes: Updateable<PaymentHoldTable>,
): Promise<HoldRow> {
  return db
    .updateTable('payment_holds')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function view(db: Db, row: HoldRow): Promise<PaymentHold> {
  const [hold] = await withEvidence(db, [row]);
  return hold as PaymentHold;
}

/** Rows with their evidence, in one more statement. */
export async function withEvidence(db: Db, rows: readonly HoldRow[]): Promise<PaymentHold[]> {
  if (rows.length === 0) return [];
  const evidence = await db
    .selectFrom('payment_hold_evidence')
    .select(['hold_id', 'message_id', 'reason', 'score', 'findings', 'at'])
    .where(
      'hold_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('at')
    .execute();
  const evidenceOf = Map.groupBy(evidence, (entry) => entry.hold_id);
  return rows.map((row) => ({
    id: row.id,
    purchaseOrderId: row.purchase_order_id,
    invoiceId: row.invoice_id,
    supplierId: row.supplier_id,
    reason: row.reason,
    status: row.status,
    evidence: (evidenceOf.get(row.id) ?? []).map(
      ({ message_id: messageId, reason, score, findings, at }) => ({
        messageId,
        reason,
        score,
        findings,
        at: at.toISOString(),
      }),
    ),
    placedBy: row.placed_by,
    releasedBy: row.released_by,
    releasedAt: row.released_at?.toISOString() ?? null,
    releaseReason: row.release_reason,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
