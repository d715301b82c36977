import { type Kysely, sql, type Transaction } from 'kysely';
import type { MessageRow } from '../messages/queries.ts';
import type { EmailScanningDb } from '../tables.ts';
import { rescanDays } from './reference-queries.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

export interface ChangedFeed {
  tenant_id: string;
  id: string;
}

/**
 * Feeds with indicators for which no old mail was looked through yet, after they have been in use for so long: what was
 * being scanned when they came is stored by then. An inactive feed's turn comes when it is active again. For the system
 * role.
 */
export async function changedFeeds(systemDb: Db, settleSeconds: number): Promise<ChangedFeed[]> {
  return systemDb
    .selectFrom('feeds')
    .select(['tenant_id', 'id'])
    .whereRef('rescanned_generation', '<', 'generation')
    .where('active', '=', true)
    .where('generation_at', '<=', sql<Date>`now() - make_interval(secs => ${settleSeconds})`)
    .orderBy('generation_at')
    .limit(20)
    .execute();
}

/** Locks the feed to look mail through for it; undefined when somebody does, or did. */
export async function lockChangedFeed(
  db: Db,
  id: string,
): Promise<{ generation: number; rescanned_generation: number } | undefined> {
  return db
    .selectFrom('feeds')
    .select(['generation', 'rescanned_generation'])
    .where('id', '=', id)
    .where('active', '=', true)
    .whereRef('rescanned_generation', '<', 'generation')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** Puts messages down for a scan that refer to what came after `from` and until `to`. Gives how many. */
export async function putDownMessages(
  db: Db,
  { feedId, from, to }: { feedId: string; from: number; to: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into pending_rescans (tenant_id, message_id)
    select distinct r.tenant_id, r.message_id
    from indicators i join message_references r on r.hash = i.hash and r.tenant_id = i.tenant_id
    where i.feed_id = ${feedId} and i.added_in > ${from} and i.added_in <= ${to}
      and r.day >= current_date - ${rescanDays}::int
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
}

export async function noteLookedThrough(db: Db, feedId: string, generation: number): Promise<void> {
  await db.updateTable('feeds').set({ rescanned_generation: generation }).where('id', '=', feedId).execute();
}

/** For the system role. */
export async function tenantsWithPending(systemDb: Db): Promise<string[]> {
  const rows = await systemDb
    .selectFrom('pending_rescans')
    .select('tenant_id')
    .distinct()
    .limit(100)
    .execute();
  return rows.map((row) => row.tenant_id);
}

/** Takes messages that were put down, oldest first; each is somebody's alone. */
export async function takePending(db: Db, limit: number): Promise<{ message_id: string; version: number }[]> {
  const { rows } = await sql<{ message_id: string; version: number }>`
    with taken as (
      delete from pending_rescans where message_id in (
        select message_id from pending_rescans order by requested_at, message_id limit ${limit}
        for update skip locked)
      returning message_id)
    select m.id as message_id, m.version from taken join messages m on m.id = taken.message_id
    where m.status = 'scanned' and m.verdict <> 'malicious' order by m.id`.execute(db);
  return rows;
}

/** Those of the messages that have a verdict, locked in the order of their ids. */
export async function lockScanned(db: Db, ids: readonly string[]): Promise<MessageRow[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('id', 'in', ids)
    .where('status', '=', 'scanned')
    .orderBy('id')
    .forUpdate()
    .execute();
}
