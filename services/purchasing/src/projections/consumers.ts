import { itemChanged, siteChanged } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import { sql } from 'kysely';
import type { PurchasingDb } from '../tables.ts';

type Db = PurchasingDb;

/** Keeps a copy of an item; only a newer version is taken, whatever the order of the events. */
export const copyItem = on(itemChanged, async (work: Work<Db>, { aggregateVersion: version, payload }) => {
  const { itemId: id, sku, name, unit, active } = payload;
  const fields = { version, sku, name, unit, active };
  await work.trx
    .insertInto('items')
    .values({ tenant_id: work.tenantId, id, ...fields })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet(fields).where(sql.ref('items.version'), '<', version),
    )
    .execute();
});

/** Keeps a copy of a site. */
export const copySite = on(siteChanged, async (work: Work<Db>, { aggregateVersion: version, payload }) => {
  const { siteId: id, code, name, active } = payload;
  const fields = { version, code, name, active };
  await work.trx
    .insertInto('sites')
    .values({ tenant_id: work.tenantId, id, ...fields })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet(fields).where(sql.ref('sites.version'), '<', version),
    )
    .execute();
});
