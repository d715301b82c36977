import type { Feed } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import type { FeedTable } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
export type FeedRow = Selectable<FeedTable>;

export function toFeed(row: FeedRow, now: Date): Feed {
  const age = row.last_success_at ? now.getTime() - row.last_success_at.getTime() : null;
  return {
    id: row.id,
    name: row.name,
    format: row.format,
    url: row.url,
    intervalMinutes: row.interval_minutes,
    active: row.active,
    indicators: row.indicators,
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    ageSeconds: age === null ? null : Math.max(0, Math.floor(age / 1_000)),
    lastError: row.last_error,
    refreshing: row.lease !== null || (row.next_refresh_at !== null && row.next_refresh_at <= now),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findFeed(db: Db, id: string): Promise<FeedRow | undefined> {
  return db.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockFeed(db: Db, id: string): Promise<FeedRow | undefined> {
  return db.selectFrom('feeds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listFeeds(
  db: Db,
  { active, ...query }: ListQuery & { active?: boolean },
): Promise<FeedRow[]> {
  const feeds = applyPage(db.selectFrom('feeds').selectAll(), query);
  return (active === undefined ? feeds : feeds.where('active', '=', active)).execute();
}

/** Of two who add at once one waits, so that what is counted is exact. */
export async function lockAndCount(db: Db, tenantId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`feeds ${tenantId}`}, 0))`.execute(db);
  const row = await db.selectFrom('feeds').select(sql<number>`count(*)::int`.as('n')).executeTakeFirst();
  return row?.n ?? 0;
}

export async function insertFeed(db: Db, feed: Insertable<FeedTable>): Promise<FeedRow> {
  return db.insertInto('feeds').values(feed).returningAll().executeTakeFirstOrThrow();
}

export async function updateFeed(db: Db, id: string, changes: Updateable<FeedTable>): Promise<FeedRow> {
  return db
    .updateTable('feeds')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** With its indicators and a file that waits. */
export async function deleteFeed(db: Db, id: string): Promise<void> {
  await db.deleteFrom('feed_uploads').where('feed_id', '=', id).execute();
  await db.deleteFrom('indicators').where('feed_id', '=', id).execute();
  await db.deleteFrom('feeds').where('id', '=', id).execute();
}

/** Puts a file in place of one that still waits. */
export async function storeUpload(
  db: Db,
  upload: { tenant_id: string; feed_id: string; id: string; content: Buffer },
): Promise<void> {
  await db
    .insertInto('feed_uploads')
    .values(upload)
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'feed_id']).doUpdateSet({ id: upload.id, content: upload.content }),
    )
    .execute();
}

export async function findUpload(
  db: Db,
  feedId: string,
): Promise<{ id: string; content: Buffer } | undefined> {
  return db
    .selectFrom('feed_uploads')
    .select(['id', 'content'])
    .where('feed_id', '=', feedId)
    .executeTakeFirst();
}

export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.deleteFrom('feed_uploads').where('id', '=', id).execute();
}
