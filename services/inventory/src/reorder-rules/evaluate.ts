import { stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { runWork, systemCaller, type Work } from '@stockade/messaging';
import type { Service, Task } from '@stockade/service-kit';
import { type Kysely, sql, type Transaction } from 'kysely';
import { nilId, orNull } from '../ledger/place.ts';
import type { InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

const batch = 500;

/** The items of the oldest checks, by tenant. */
async function dueItems(systemDb: Kysely<InventoryDb>): Promise<{ tenant_id: string; item_ids: string[] }[]> {
  const { rows } = await sql<{ tenant_id: string; item_ids: string[] }>`
    select tenant_id, array_agg(distinct item_id) as item_ids
    from (
      select tenant_id, item_id, row_number() over (partition by tenant_id order by at) as no
      from (select tenant_id, item_id, at from reorder_checks order by at limit ${batch * 20}) oldest
    ) c where no <= ${batch} group by 1`.execute(systemDb);
  return rows;
}

interface Level {
  item_id: string;
  /** Nil: of all sites together. */
  site_id: string;
  available: string;
  reorder_point: string;
  reorder_quantity: string | null;
  low: boolean;
}

/** More is not told: it is as much as a quantity can be. */
const mostTold = sql.raw('99999999999999.999999');

/** What is available of the items, against each of their reorder points. */
async function readLevels(db: Db, itemIds: readonly string[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    with points as (
      -- A point that was taken away is still known by the state that it left.
      select i.id as item_id, ${nilId}::uuid as site_id, coalesce(i.reorder_point, s.reorder_point) as reorder_point,
        i.reorder_quantity, i.active and i.reorder_point is not null as active
      from items i left join reorder_states s on s.tenant_id = i.tenant_id and s.item_id = i.id and s.site_id = ${nilId}::uuid
      where i.id = any (${itemIds}::uuid[]) and (i.reorder_point is not null or s.low)
      union all
      select r.item_id, r.site_id, r.reorder_point, r.reorder_quantity, r.active and i.active
      from reorder_rules r join items i on (i.tenant_id, i.id) = (r.tenant_id, r.item_id)
      where r.item_id = any (${itemIds}::uuid[])
    ), stock as (
      select item_id, site_id, sum(on_hand - reserved) as available
      from balances where item_id = any (${itemIds}::uuid[]) group by 1, 2
    )
    select p.item_id, p.site_id, trim_scale(p.reorder_point)::text as reorder_point,
      trim_scale(p.reorder_quantity)::text as reorder_quantity,
      trim_scale(least(greatest(coalesce(sum(s.available), 0), -${mostTold}), ${mostTold}))::text as available,
      p.active and coalesce(sum(s.available), 0) < p.reorder_point as low
    from points p left join stock s on s.item_id = p.item_id and p.site_id in (s.site_id, ${nilId}::uuid)
    group by p.item_id, p.site_id, p.reorder_point, p.reorder_quantity, p.active`.execute(db);
  return rows;
}

/** Keeps the state, and gives its version when it changed. */
async function changeState({ trx, tenantId }: Work<InventoryDb>, level: Level): Promise<number | null> {
  const { item_id, site_id, low, available, reorder_point } = level;
  const row = await trx
    .insertInto('reorder_states')
    .values({ tenant_id: tenantId, id: newId(), item_id, site_id, low, available, reorder_point })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'item_id', 'site_id']).doUpdateSet({
        low,
        available,
        reorder_point,
        version: sql`reorder_states.version + (reorder_states.low <> excluded.low)::int`,
        since: sql`case when reorder_states.low <> excluded.low then now() else reorder_states.since end`,
      }),
    )
    // What it was: a statement does not see what it writes itself, and the items' lock keeps others away.
    .returning([
      'version',
      sql<boolean | null>`(
        select s.low from reorder_states s
        where s.tenant_id = ${tenantId} and s.item_id = ${item_id} and s.site_id = ${site_id})`.as('was'),
    ])
    .executeTakeFirstOrThrow();
  // That stock is enough from the beginning is no news.
  return low === (row.was ?? false) ? null : row.version;
}

/**
 * Compares what is there with the reorder points: in one place at a time for each item, on what is committed. The
 * checks are taken first: a movement that is committed meanwhile has one of its own.
 */
async function evaluate(work: Work<InventoryDb>, itemIds: readonly string[]): Promise<void> {
  const { trx } = work;
  await sql`
    select pg_advisory_xact_lock(hashtextextended('reorder ' || u.id, 0))
    from (select id from unnest(${itemIds}::uuid[]) as u(id) order by id) u`.execute(trx);
  await trx.deleteFrom('reorder_checks').where('item_id', 'in', itemIds).execute();
  for (const level of await readLevels(trx, itemIds)) {
    const version = await changeState(work, level);
    if (version === null) continue;
    work.emit(stockLevelChanged, {
      aggregateId: level.item_id,
      aggregateVersion: version,
      payload: {
        itemId: level.item_id,
        siteId: orNull(level.site_id),
        low: level.low,
        available: level.available,
        reorderPoint: level.reorder_point,
        reorderQuantity: level.reorder_quantity,
      },
    });
  }
}

/** Looks at every item whose stock changed. Gives how many. */
export async function evaluateDue({ db, systemDb, log }: Service<InventoryDb>): Promise<number> {
  const due = await dueItems(systemDb);
  let looked = 0;
  for (const { tenant_id: tenantId, item_ids: itemIds } of due)
    try {
      await runWork(db, systemCaller(tenantId, 'inventory'), (work) => evaluate(work, itemIds));
      looked += itemIds.length;
    } catch (error) {
      // One tenant's trouble is not another's; the checks stay for the next time.
      log.error({ err: error, tenantId }, 'Stock could not be compared with its reorder points');
    }
  return looked;
}

export const reorderTask: Task<InventoryDb> = {
  name: 'reorder-checks',
  everyMs: 250,
  run: async (service) => {
    while ((await evaluateDue(service)) >= batch);
  },
};
