import { createHash } from 'node:crypto';
import { removeInBatches } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { MessageKnowledge } from '../engine/index.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
type History = NonNullable<MessageKnowledge['history']>;

/** By which messages are found again: a Message-ID without angle brackets, hashed, for a sender makes it up. */
export function messageIdHash(messageId: string): Buffer {
  return createHash('sha256').update(messageId.trim().replace(/^<|>$/g, '')).digest().subarray(0, 16);
}

export interface HistoryQuestion {
  senderAddress: string | null;
  senderDomain: string | null;
  threadIds: readonly string[];
}

/** What is known of each message's sender and thread; two statements, however many messages there are. */
export async function findHistory(db: Db, questions: readonly HistoryQuestion[]): Promise<History[]> {
  const values = [
    ...new Set(questions.flatMap(({ senderAddress, senderDomain }) => [senderAddress, senderDomain])),
  ].filter((value) => value !== null);
  const hashes = [...new Set(questions.flatMap(({ threadIds }) => threadIds))];
  const [seen, threads] = await Promise.all([findSenders(db, values), findThreads(db, hashes)]);
  return questions.map(({ senderAddress, senderDomain, threadIds }) => ({
    fromAddressSeen: seen.get(`address ${senderAddress}`) ?? 0,
    fromDomainSeen: seen.get(`domain ${senderDomain}`) ?? 0,
    threadKnown: threadIds.some((id) => threads.has(id)),
  }));
}

async function findSenders(db: Db, values: readonly string[]): Promise<Map<string, number>> {
  if (values.length === 0) return new Map();
  const rows = await db
    .selectFrom('senders')
    .select(['kind', 'value', 'clean_messages'])
    .where('kind', 'in', ['address', 'domain'])
    .where('value', 'in', values)
    .execute();
  return new Map(rows.map((row) => [`${row.kind} ${row.value}`, row.clean_messages]));
}

/** Those of the Message-IDs that the tenant received or sent. A mail that was found malicious begins no thread. */
async function findThreads(db: Db, messageIds: readonly string[]): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const byHash = new Map(messageIds.map((id) => [messageIdHash(id).toString('hex'), id]));
  const hashes = [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex'));
  const { rows } = await sql<{ hash: Buffer }>`
    select message_id_hash as hash from messages
    where message_id_hash = any(${hashes}::bytea[]) and verdict is distinct from 'malicious'
    union select message_id_hash from sent_messages where message_id_hash = any(${hashes}::bytea[])`.execute(
    db,
  );
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash.toString('hex')) ?? []));
}

/** Notes a mail that the tenant sent: an answer to it continues a known thread. */
export async function storeSentMessage(
  { trx, tenantId }: Work<EmailScanningDb>,
  sent: { messageId: string; purchaseOrderId: string; supplierId: string },
  sentAt: Date,
): Promise<void> {
  await trx
    .insertInto('sent_messages')
    .values({
      tenant_id: tenantId,
      message_id_hash: messageIdHash(sent.messageId),
      purchase_order_id: sent.purchaseOrderId,
      supplier_id: sent.supplierId,
      sent_at: sentAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Counts messages that were judged clean by who sent them. In the order of their keys: no two batches wait in a circle. */
export async function countCleanSenders(
  db: Db,
  tenantId: string,
  senders: readonly { address: string; domain: string }[],
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { address, domain } of senders)
    for (const key of [`address ${address}`, `domain ${domain}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size === 0) return;
  const keys = [...counts.keys()].sort();
  await sql`
    insert into senders as s (tenant_id, kind, value, clean_messages, last_seen_on)
    select ${tenantId}::uuid, split_part(k, ' ', 1), substr(k, strpos(k, ' ') + 1), n, current_date
    from unnest(${keys}::text[], ${keys.map((key) => counts.get(key) ?? 0)}::int[]) as c(k, n)
    on conflict (tenant_id, kind, value) do update
      set clean_messages = least(s.clean_messages + excluded.clean_messages, 1000000), last_seen_on = current_date`.execute(
    db,
  );
}

/**
 * Forgets senders who have not written for over a year, and mails that were sent as long ago. In batches, so that no lock
 * is held for long; who writes meanwhile stays.
 */
export async function forgetHistory(systemDb: Kysely<EmailScanningDb>): Promise<number> {
  const silent = sql`last_seen_on < current_date - 400`;
  const senders = await removeInBatches(
    systemDb,
    (limit) => sql`
    delete from senders where (tenant_id, kind, value) in (
      select tenant_id, kind, value from senders where ${silent} limit ${limit})
    and ${silent}`,
  );
  const sent = await removeInBatches(
    systemDb,
    (limit) => sql`
    delete from sent_messages where (tenant_id, message_id_hash) in (
      select tenant_id, message_id_hash from sent_messages where sent_at < now() - interval '400 days' limit ${limit})`,
  );
  return senders + sent;
}
