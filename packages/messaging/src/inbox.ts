import { sql, type Transaction } from 'kysely';
import type { MessagingTables } from './tables.ts';

/**
 * Takes events of a tenant for handled by a queue's consumer, and gives the ids of those that were not before. An event's id
 * holds its time (UUIDv7), and so its partition.
 */
export async function enterInbox(
  trx: Transaction<MessagingTables>,
  queue: string,
  tenantId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const days = ids.map((id) =>
    new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString().slice(0, 10),
  );
  const entered = await sql<{ event_id: string }>`
    insert into inbox (tenant_id, event_id, queue, occurred_on)
    select ${tenantId}::uuid, e.id, ${queue}, e.day from unnest(${ids}::uuid[], ${days}::date[]) as e(id, day)
    order by e.id
    on conflict do nothing returning event_id`.execute(trx);
  return new Set(entered.rows.map((row) => row.event_id));
}
