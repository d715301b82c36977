import { newId } from '@stockade/database';
import type pg from 'pg';

export interface Goods {
  siteId: string;
  itemIds: string[];
}

/** A site and items with a million of each in stock, straight into a tenant's tables, with a ledger that fits. */
export async function stockGoods(admin: pg.ClientBase, tenantId: string, items: number): Promise<Goods> {
  const siteId = newId();
  const ids = () => Array.from({ length: items }, newId);
  const [itemIds, balanceIds, movementIds] = [ids(), ids(), ids()];
  const code = siteId.slice(-8);
  await admin.query('begin');
  await admin.query(`insert into inventory.sites (tenant_id, id, code, name) values ($1, $2, $3, 'Bench')`, [
    tenantId,
    siteId,
    `B-${code}`,
  ]);
  await admin.query(
    `insert into inventory.items (tenant_id, id, sku, name, unit)
     select $1, id, 'B-' || $3 || '-' || no, 'Bench item ' || no, 'each' from unnest($2::uuid[]) with ordinality as i(id, no)`,
    [tenantId, itemIds, code],
  );
  await admin.query(
    `insert into inventory.balances (tenant_id, id, item_id, site_id, location_id, lot_id, on_hand, position, allow_negative)
     select $1, b.id, b.item, $2, '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 1000000, 1, false
     from unnest($3::uuid[], $4::uuid[]) as b(id, item)`,
    [tenantId, siteId, balanceIds, itemIds],
  );
  await admin.query(
    `insert into inventory.movements (tenant_id, id, type, item_id, site_id, quantity, occurred_at, actor)
     select $1, m.id, 'RECEIVE', m.item, $2, 1000000, now(), '{"type": "system", "id": "bench", "name": "bench"}'
     from unnest($3::uuid[], $4::uuid[]) as m(id, item)`,
    [tenantId, siteId, movementIds, itemIds],
  );
  await admin.query(
    `insert into inventory.ledger_entries (tenant_id, balance_id, position, movement_id, line, quantity, on_hand, occurred_at, recorded_at)
     select $1, e.balance, 1, e.movement, 0, 1000000, 1000000, now(), now() from unnest($2::uuid[], $3::uuid[]) as e(balance, movement)`,
    [tenantId, balanceIds, movementIds],
  );
  await admin.query('commit');
  // As after any bulk load; autovacuum would do it within a minute.
  await admin.query('analyze');
  return { siteId, itemIds };
}
