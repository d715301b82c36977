import type { Message } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { EmailScanningDb, MessageTable } from '../tables.ts';
import type { StoredRaw } from './raw-codec.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
type Row = Selectable<MessageTable>;

/** A stored message as the API shows it. */
export function toMessage(row: Row): Message {
  return {
    id: row.id,
    status: row.status,
    verdict: row.verdict,
    score: row.score,
    disposition: row.disposition,
    from: row.from_address,
    to: row.to_addresses,
    subject: row.subject,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    source: row.source,
    receivedAt: row.received_at.toISOString(),
    scannedAt: row.scanned_at?.toISOString() ?? null,
    findings: row.findings,
    related: { supplierId: row.supplier_id, purchaseOrderIds: row.purchase_order_ids },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}

export async function findMessage(db: Db, id: string): Promise<Row | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockMessage(db: Db, id: string): Promise<Row | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findByHash(db: Db, sha256: string): Promise<Row | undefined> {
  return db.selectFrom('messages').selectAll().where('sha256', '=', sha256).executeTakeFirst();
}

export interface MessageFilters extends ListQuery {
  status?: Row['status'];
  verdict?: NonNullable<Row['verdict']>;
  disposition?: NonNullable<Row['disposition']>;
  supplierId?: string;
}

export async function listMessages(db: Db, filters: MessageFilters): Promise<Message[]> {
  let query = applyPage(db.selectFrom('messages').selectAll(), filters);
  if (filters.status) query = query.where('status', '=', filters.status);
  if (filters.verdict) query = query.where('verdict', '=', filters.verdict);
  if (filters.disposition) query = query.where('disposition', '=', filters.disposition);
  if (filters.supplierId) query = query.where('supplier_id', '=', filters.supplierId);
  return (await query.execute()).map(toMessage);
}

/** Stores a message, or gives undefined when the tenant has this very message already. */
export async function insertMessage(
  db: Db,
  values: Pick<
    Row,
    | 'tenant_id'
    | 'id'
    | 'sha256'
    | 'size_bytes'
    | 'source'
    | 'envelope_from'
    | 'envelope_to'
    | 'client_ip'
    | 'received_at'
  >,
): Promise<Row | undefined> {
  return db
    .insertInto('messages')
    .values(values as never)
    .onConflict((conflict) => conflict.constraint('messages_sha256_key').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function insertRaw(db: Db, tenantId: string, messageId: string, raw: StoredRaw): Promise<void> {
  await db
    .insertInto('raw_messages')
    .values({ tenant_id: tenantId, message_id: messageId, ...raw })
    .execute();
}

export async function findRaw(db: Db, messageId: string): Promise<StoredRaw | undefined> {
  return db
    .selectFrom('raw_messages')
    .select(['codec', 'body'])
    .where('message_id', '=', messageId)
    .executeTakeFirst();
}

export async function updateMessage(
  db: Db,
  id: string,
  changes: Partial<Omit<Row, 'findings'>> & { findings?: string },
): Promise<Row> {
  return db
    .updateTable('messages')
    .set({ ...(changes as object), version: sql`version + 1`, updated_at: sql`now()` } as never)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
