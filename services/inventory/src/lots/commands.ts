import type { Lot } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { errors, mapConstraint } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { toInstant } from '../timestamps.ts';
import { insertLot, toLot } from './queries.ts';

export async function createLot(
  work: Work<InventoryDb>,
  { itemId, code, expiresAt }: { itemId: string; code: string; expiresAt?: string },
): Promise<Lot> {
  const row = await insertLot(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    item_id: itemId,
    code,
    expires_at: expiresAt === undefined ? null : toInstant(expiresAt, '/expiresAt'),
  }).catch((error) =>
    mapConstraint(error, {
      lots_code_key: () => errors.conflict(`This item has a lot ${code} already.`, { field: 'code' }),
      lots_item_fkey: () => errors.notFound('Item', itemId),
    }),
  );
  work.audit({
    action: 'inventory.lot.create',
    target: { type: 'lot', id: row.id },
    changes: changed(null, toLot(row), ['itemId', 'code', 'expiresAt']),
  });
  return toLot(row);
}
