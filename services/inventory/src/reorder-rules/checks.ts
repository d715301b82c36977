import { newId } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import type { InventoryDb } from '../tables.ts';

/** Has the item's stock compared with its reorder points once this is committed; postings do it by themselves. */
export async function checkSoon({ trx, tenantId }: Work<InventoryDb>, itemId: string): Promise<void> {
  await trx
    .insertInto('reorder_checks')
    .values({ tenant_id: tenantId, id: newId(), item_id: itemId })
    .execute();
}
