import { type EventEnvelope, stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { OurFlags } from '@stockade/feature-flags';
import { changed, on, type Work } from '@stockade/messaging';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { PurchasingDb } from '../tables.ts';
import { orderAutomatically } from './automatic.ts';
import * as queries from './queries.ts';

/**
 * Stock is low: one suggestion, however often it is told. Stock is enough again: an open suggestion has no object any
 * more. Only what is newer than all that is known counts. Where the tenant wants it, a suggestion becomes a draft order at once.
 */
export const suggestReorder = (flags: OurFlags) =>
  on(stockLevelChanged, suggest, {
    prepare: (_, { tenantId }) =>
      flags.value('purchasing.automatic-draft-orders', { tenantId, userId: null }),
  });

async function suggest(
  work: Work<PurchasingDb>,
  { aggregateVersion: version, payload }: EventEnvelope<Static<typeof stockLevelChanged.payload>>,
  automatic: boolean,
): Promise<void> {
  const { trx, tenantId } = work;
  const { itemId, low, available, reorderPoint, reorderQuantity } = payload;
  const siteId = payload.siteId ?? queries.nilId;
  const level = { tenant_id: tenantId, item_id: itemId, site_id: siteId, version, low };
  if (!(await queries.noteLevel(trx, level))) return;
  if (!low) return endOpen(work, itemId, siteId);
  const { rows } = await sql<{ quantity: string }>`
      select trim_scale(coalesce(${reorderQuantity}::numeric, ${reorderPoint}::numeric - ${available}::numeric))::text as quantity`.execute(
    trx,
  );
  const row = await queries.insertSuggestion(trx, {
    ...{ tenant_id: tenantId, id: newId(), item_id: itemId, site_id: siteId },
    ...{ reorder_point: reorderPoint, quantity: rows[0]?.quantity ?? reorderPoint },
    ...{ purchase_order_id: null, decided_at: null, reason: null },
  });
  if (!row) return;
  work.audit({
    action: 'purchasing.reorder-suggestion.create',
    target: { type: 'reorder-suggestion', id: row.id },
    changes: changed(null, row, ['item_id', 'site_id', 'reorder_point', 'quantity']),
  });
  if (automatic) await orderAutomatically(work, row);
}

async function endOpen(work: Work<PurchasingDb>, itemId: string, siteId: string): Promise<void> {
  const before = await queries.lockOpen(work.trx, itemId, siteId);
  if (!before) return;
  const after = await queries.updateSuggestion(work.trx, before.id, {
    status: 'obsolete',
    decided_at: work.now,
  });
  work.audit({
    action: 'purchasing.reorder-suggestion.end',
    target: { type: 'reorder-suggestion', id: after.id },
    changes: changed(before, after, ['status']),
  });
}
