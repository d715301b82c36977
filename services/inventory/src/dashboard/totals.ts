import type { Dashboard } from '@stockade/contracts/inventory';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Scope } from './scope.ts';

const mostCounted = 10_000;

/** Of the site, where one is asked for. */
const at = (siteId: string | undefined, column = 'site_id'): RawBuilder<unknown> =>
  siteId === undefined ? sql`` : sql`and ${sql.ref(column)} = ${siteId}`;

/** By an index of just these rows; bounded, so that a heap of them costs no more. */
const count = (from: RawBuilder<unknown>) =>
  sql`(select count(*)::int from (select from ${from} limit ${mostCounted}) counted)`;

type Totals = Pick<Dashboard, 'openOrders'> & { totals: Omit<Dashboard['totals'], 'expiringLots'> };

export async function readTotals(db: Db, { siteId }: Scope): Promise<Totals> {
  const ends = siteId === undefined ? sql`` : sql`and ${siteId} in (from_site_id, to_site_id)`;
  const { rows } = await sql<Totals>`
    select jsonb_build_object(
      'items', (select count(*)::int from items where active),
      'sites', (select count(*)::int from sites where active),
      'lowStock', ${count(sql`reorder_states where low ${at(siteId)}`)}) as totals,
    jsonb_build_object(
      'purchase', ${count(sql`incoming_orders where open ${at(siteId)}`)},
      'production', ${count(sql`production_orders where status in ('draft', 'released') ${at(siteId)}`)},
      'transfers', ${count(sql`transfers where status in ('draft', 'in_transit') ${ends}`)},
      'counts', ${count(sql`cycle_counts where status in ('draft', 'counting', 'submitted') ${at(siteId)}`)},
      'reservations', ${count(sql`reservations where status = 'open' ${at(siteId)}`)}) as "openOrders"`.execute(
    db,
  );
  return rows[0] as Totals;
}
