import type { ReorderRule } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import { findItem } from '../items/queries.ts';
import { checkQuantities } from '../items/rules.ts';
import { lockItemPolicy } from '../ledger/goods.ts';
import type { InventoryDb } from '../tables.ts';
import { checkSoon } from './checks.ts';
import * as queries from './queries.ts';

type InventoryWork = Work<InventoryDb>;

const audited = ['itemId', 'siteId', 'reorderPoint', 'reorderQuantity', 'active'];
const target = (id: string) => ({ type: 'reorder-rule', id });

interface NewRule {
  itemId: string;
  siteId: string;
  reorderPoint: string;
  reorderQuantity: string;
}

export async function createRule(work: InventoryWork, body: NewRule): Promise<ReorderRule> {
  const { itemId, siteId, reorderPoint, reorderQuantity } = body;
  // From now on postings of the item have to be looked at: none may be under way that does not know.
  await lockItemPolicy(work.trx, itemId);
  const item = await findItem(work.trx, itemId);
  if (!item) throw errors.notFound('Item', itemId);
  checkQuantities(item.unit, body);
  const row = await queries
    .insertRule(work.trx, {
      tenant_id: work.tenantId,
      id: newId(),
      item_id: itemId,
      site_id: siteId,
      reorder_point: reorderPoint,
      reorder_quantity: reorderQuantity,
    })
    .catch((error) =>
      mapConstraint(error, {
        reorder_rules_place_key: () =>
          errors.conflict('This item has a reorder rule at this site already: change that one.'),
        reorder_rules_site_fkey: () => errors.notFound('Site', siteId),
      }),
    );
  await checkSoon(work, itemId);
  work.audit({
    action: 'inventory.reorder-rule.create',
    target: target(row.id),
    changes: changed(null, queries.toRule(row), audited),
  });
  return queries.toRule(row);
}

interface RuleChanges {
  reorderPoint?: string;
  reorderQuantity?: string;
  active?: boolean;
}

export async function changeRule(
  work: InventoryWork,
  id: string,
  body: RuleChanges,
  ifMatch: number | null,
): Promise<ReorderRule> {
  const before = await queries.lockRule(work.trx, id);
  if (!before) throw errors.notFound('Reorder rule', id);
  checkVersion(before.version, ifMatch);
  const item = await findItem(work.trx, before.item_id);
  checkQuantities(item?.unit ?? '', body);
  const after = await queries.updateRule(work.trx, id, {
    ...(body.reorderPoint === undefined ? {} : { reorder_point: body.reorderPoint }),
    ...(body.reorderQuantity === undefined ? {} : { reorder_quantity: body.reorderQuantity }),
    ...(body.active === undefined ? {} : { active: body.active }),
  });
  await checkSoon(work, before.item_id);
  work.audit({
    action: 'inventory.reorder-rule.update',
    target: target(id),
    changes: changed(queries.toRule(before), queries.toRule(after), audited),
  });
  return queries.toRule(after);
}
