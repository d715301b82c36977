import type { Feedback } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import type { FeedbackTables } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

const columns = [
  ...(['id', 'version', 'created_at', 'updated_at'] as const),
  ...(['message_id', 'person_id', 'verdict', 'reason'] as const),
] as const;

/** Without the message's features. */
export type FeedbackRow = Pick<Selectable<FeedbackTables['feedback']>, (typeof columns)[number]>;

export const toFeedback = (row: FeedbackRow): Feedback => ({
  id: row.id,
  messageId: row.message_id,
  verdict: row.verdict,
  reason: row.reason,
  personId: row.person_id,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function listFeedback(db: Db, messageId: string, query: ListQuery): Promise<Feedback[]> {
  const rows = await applyPage(db.selectFrom('feedback').select([...columns]), query)
    .where('message_id', '=', messageId)
    .execute();
  return rows.map(toFeedback);
}

interface Named {
  messageId: string;
  feedbackId: string;
}

export async function findFeedback(
  db: Db,
  { messageId, feedbackId }: Named,
): Promise<FeedbackRow | undefined> {
  return db
    .selectFrom('feedback')
    .select(columns)
    .where('message_id', '=', messageId)
    .where('id', '=', feedbackId)
    .executeTakeFirst();
}

export async function lockFeedback(
  db: Db,
  { messageId, feedbackId }: Named,
): Promise<FeedbackRow | undefined> {
  return db
    .selectFrom('feedback')
    .select(columns)
    .where('message_id', '=', messageId)
    .where('id', '=', feedbackId)
    .forUpdate()
    .executeTakeFirst();
}

/** What the person said of the message. Lock the message before, so that it is the last word. */
export async function findByPerson(
  db: Db,
  messageId: string,
  personId: string,
): Promise<FeedbackRow | undefined> {
  return db
    .selectFrom('feedback')
    .select(columns)
    .where('message_id', '=', messageId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export async function insertFeedback(
  db: Db,
  row: Insertable<FeedbackTables['feedback']>,
): Promise<FeedbackRow> {
  return db.insertInto('feedback').values(row).returning(columns).executeTakeFirstOrThrow();
}

export async function updateFeedback(
  db: Db,
  id: string,
  changes: { verdict: Feedback['verdict']; reason: string | null },
): Promise<FeedbackRow> {
  return db
    .updateTable('feedback')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export async function deleteFeedback(db: Db, id: string): Promise<void> {
  await db.deleteFrom('feedback').where('id', '=', id).execute();
}
