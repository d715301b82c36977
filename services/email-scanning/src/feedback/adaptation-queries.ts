import { type Kysely, sql, type Transaction } from 'kysely';
import type { Features } from '../engine/classifier/index.ts';
import type { Adaptation } from '../engine/index.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** What the tenant's people taught the classifier; null when nobody did. Part of what the tenant knows. */
export async function readAdaptation(db: Db): Promise<Adaptation | null> {
  const row = await db
    .selectFrom('adaptations')
    .select(['bias', 'weights'])
    .where('learned_revision', '>', 0)
    .executeTakeFirst();
  return row && Object.keys(row.weights).length > 0 ? row : null;
}

/** Notes that what people said has changed. */
export async function noteChange(db: Db, tenantId: string): Promise<void> {
  await db
    .insertInto('adaptations')
    .values({ tenant_id: tenantId, revision: 1 })
    .onConflict((conflict) =>
      conflict.column('tenant_id').doUpdateSet({ revision: sql`adaptations.revision + 1` }),
    )
    .execute();
}

/** Tenants whose people said something that is not learnt yet; for the system role. */
export async function tenantsToTeach(systemDb: Db): Promise<string[]> {
  const rows = await systemDb
    .selectFrom('adaptations')
    .select('tenant_id')
    .whereRef('learned_revision', '<', 'revision')
    .limit(100)
    .execute();
  return rows.map((row) => row.tenant_id);
}

export interface Lesson {
  id: string;
  messageId: string;
  verdict: 'clean' | 'malicious';
  /** Null until the message has been parsed for it. */
  features: Features | null;
}

/** The last lessons, oldest first, and the revision that they are at least of. */
export async function readLessons(db: Db, limit: number): Promise<{ revision: number; lessons: Lesson[] }> {
  const state = await db.selectFrom('adaptations').select('revision').executeTakeFirst();
  const rows = await db
    .selectFrom('feedback')
    .select(['id', 'message_id', 'verdict', 'words', 'structure'])
    .where('verdict', '!=', 'suspicious')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const lessons = rows.reverse().map(({ id, message_id, verdict, words, structure }) => ({
    id,
    messageId: message_id,
    verdict: verdict as Lesson['verdict'],
    features:
      words && structure ? { words: Uint32Array.from(words), structure: Uint32Array.from(structure) } : null,
  }));
  return { revision: state?.revision ?? 0, lessons };
}

export async function storeFeatures(
  db: Db,
  id: string,
  { words, structure }: { words: number[]; structure: number[] },
): Promise<void> {
  await db.updateTable('feedback').set({ words, structure }).where('id', '=', id).execute();
}

/** Unless somebody has learnt from something newer meanwhile. */
export async function storeAdaptation(
  db: Db,
  { bias, weights }: Adaptation,
  revision: number,
): Promise<void> {
  await db
    .updateTable('adaptations')
    .set({ bias, weights: JSON.stringify(weights), learned_revision: revision })
    .where('learned_revision', '<', revision)
    .execute();
}
