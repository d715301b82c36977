import { setTimeout as delay } from 'node:timers/promises';
import { inTenant } from '@stockade/database';
import type { Kysely, Transaction } from 'kysely';
import type { PurchasingDb } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type ItemCopy = PurchasingDb['items'];

export async function findItems(db: Db, ids: readonly string[]): Promise<Map<string, ItemCopy>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('items').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findSite(db: Db, id: string): Promise<PurchasingDb['sites'] | undefined> {
  return db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst();
}

const waitMs = 2_000;
const pollMs = 50;

/**
 * Waits, two seconds at most, until the copies hold these items and this site, if one is named: an order may name what inventory was
 * told a moment ago. Gives up without a word; the command then says what is unknown.
 */
export async function awaitCopies(
  db: Kysely<PurchasingDb>,
  tenantId: string,
  itemIds: readonly string[],
  siteId: string | undefined,
): Promise<void> {
  const wanted = new Set(itemIds).size;
  for (const deadline = performance.now() + waitMs; ; await delay(pollMs)) {
    const found = await inTenant(
      db,
      tenantId,
      async (trx) =>
        (await findItems(trx, itemIds)).size === wanted &&
        (siteId === undefined || (await findSite(trx, siteId)) !== undefined),
      { readOnly: true },
    );
    if (found || performance.now() >= deadline) return;
  }
}
