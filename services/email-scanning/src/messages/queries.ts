import type { Finding, Message } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { RawRow, StoredRaw } from '../storage/raw-store.ts';
import type { EmailScanningDb, MessageTable } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
type Row = Selectable<MessageTable>;
export type MessageRow = Row;

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

export type NewMessage = Pick<
  Row,
  | 'tenant_id'
  | 'id'
  | 'sha256'
  | 'size_bytes'
  | 'source'
  | 'source_id'
  | 'envelope_from'
  | 'envelope_to'
  | 'client_ip'
  | 'received_at'
>;

/** Stores messages and gives the rows of those that are new: which the tenant has already are left out. */
export async function insertMessages(db: Db, values: readonly NewMessage[]): Promise<Row[]> {
  return db
    .insertInto('messages')
    .values(values as never)
    .onConflict((conflict) => conflict.constraint('messages_sha256_key').doNothing())
    .returningAll()
    .execute();
}

export async function listByHash(db: Db, sha256: readonly string[]): Promise<Row[]> {
  return db.selectFrom('messages').selectAll().where('sha256', 'in', sha256).execute();
}

export async function insertRaws(
  db: Db,
  raws: readonly ({ tenant_id: string } & StoredRaw)[],
): Promise<void> {
  await db.insertInto('raw_messages').values(raws).execute();
}

const rawColumns = [
  ...(['raw_messages.tenant_id', 'message_id', 'codec', 'body', 'key_id', 'object_name'] as const),
  'messages.sha256',
] as const;

/** Which of the messages are there to be scanned, and how large they are. */
export async function listToScan(
  db: Db,
  ids: readonly string[],
): Promise<Pick<Row, 'id' | 'status' | 'size_bytes'>[]> {
  return db
    .selectFrom('messages')
    .select(['id', 'status', 'size_bytes'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}

const scanColumns = ['id', 'received_at', 'envelope_from', 'envelope_to', 'client_ip'] as const;
export type ForScan = Pick<Row, (typeof scanColumns)[number]> & RawRow;

/** Messages with their raw bytes. */
export async function listForScan(db: Db, ids: readonly string[]): Promise<ForScan[]> {
  return db
    .selectFrom('messages')
    .innerJoin('raw_messages', 'raw_messages.message_id', 'messages.id')
    .select(scanColumns)
    .select(rawColumns)
    .where('messages.id', 'in', ids)
    .execute();
}

/** Those of the messages that have no verdict yet, locked in the order of their ids. */
export async function lockUnscanned(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; version: number }[]> {
  return db
    .selectFrom('messages')
    .select(['id', 'version'])
    .where('id', 'in', ids)
    .where('status', '!=', 'scanned')
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Columns of a verdict, as its row takes them; the hash in hex. */
export interface VerdictRow {
  id: string;
  verdict: NonNullable<Row['verdict']>;
  score: number;
  disposition: NonNullable<Row['disposition']>;
  findings: Finding[];
  from_address: string | null;
  to_addresses: string[];
  subject: string | null;
  supplier_id: string | null;
  purchase_order_ids: string[];
  message_id_hash: string | null;
}

/** Writes verdicts, all in one statement. */
export async function storeVerdicts(db: Db, rows: readonly VerdictRow[], scannedAt: Date): Promise<void> {
  await sql`
    update messages m set
      status = 'scanned', verdict = v.verdict, score = v.score, disposition = v.disposition, findings = v.findings,
      from_address = v.from_address, to_addresses = v.to_addresses, subject = v.subject, supplier_id = v.supplier_id,
      purchase_order_ids = v.purchase_order_ids, message_id_hash = decode(v.message_id_hash, 'hex'),
      scanned_at = ${scannedAt}, version = m.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(id uuid, verdict text, score integer, disposition text,
      findings jsonb, from_address text, to_addresses text[], subject text, supplier_id uuid, purchase_order_ids uuid[],
      message_id_hash text)
    where m.id = v.id`.execute(db);
}

export async function findRaw(db: Db, messageId: string): Promise<RawRow | undefined> {
  return db
    .selectFrom('raw_messages')
    .innerJoin('messages', 'messages.id', 'raw_messages.message_id')
    .select(rawColumns)
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
