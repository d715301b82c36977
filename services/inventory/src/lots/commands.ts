import type { CreateLotBody, UpdateLotBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { getItem } from '../items/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { toInstant } from '../timestamps.ts';
import * as queries from './queries.ts';

type InventoryWork = Work<InventoryDb>;

export async function addLot(work: InventoryWork, body: Static<typeof CreateLotBody>) {
  const { itemId, code } = body;
  const expiresAt = body.expiresAt === undefined ? null : toInstant(body.expiresAt, '/expiresAt');
  await getItem(work.trx, itemId);
  const lot = await queries
    .insertLot(work.trx, {
      tenant_id: work.tenantId,
      id: newId(),
      item_id: itemId,
      code,
      expires_at: expiresAt,
    })
    .catch((error) =>
      mapConstraint(error, {
        lots_code_key: () =>
          errors.conflict(`The item has a lot with the code ${code} already.`, { itemId, code }),
      }),
    );
  tell(work, lot.id, 'create', changed(null, { itemId, code, expiresAt }));
  return lot;
}

export async function changeLot(
  work: InventoryWork,
  { lotId, ifMatch }: { lotId: string; ifMatch: number | null },
  patch: Static<typeof UpdateLotBody>,
) {
  const expiresAt = patch.expiresAt === null ? null : toInstant(patch.expiresAt, '/expiresAt');
  const before = await queries.lockLot(work.trx, lotId);
  checkVersion(before.version, ifMatch);
  const changes = changed(before, { ...before, expiresAt });
  if (Object.keys(changes).length === 0) return before;
  const after = await queries.updateLotExpiry(work.trx, lotId, expiresAt);
  tell(work, lotId, 'update', changes);
  return after;
}

function tell(work: InventoryWork, id: string, verb: 'create' | 'update', changes: Changes): void {
  work.audit({ action: `inventory.lot.${verb}`, target: { type: 'lot', id }, changes });
}
