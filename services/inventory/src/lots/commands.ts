import type { Lot } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint, toInstant } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { insertLot, lockLot, setExpiry, toLot } from './queries.ts';

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

/** When a lot expires decides in which order it is picked. */
export async function changeLot(
  work: Work<InventoryDb>,
  id: string,
  { expiresAt }: { expiresAt: string | null },
  ifMatch: number | null,
): Promise<Lot> {
  const before = await lockLot(work.trx, id);
  if (!before) throw errors.notFound('Lot', id);
  checkVersion(before.version, ifMatch);
  const after = await setExpiry(work.trx, id, expiresAt === null ? null : toInstant(expiresAt, '/expiresAt'));
  work.audit({
    action: 'inventory.lot.update',
    target: { type: 'lot', id },
    changes: changed(toLot(before), toLot(after), ['expiresAt']),
  });
  return toLot(after);
}
