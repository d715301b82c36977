import { type RawBuilder, sql } from 'kysely';
import type { Counting } from '../cycle-counts/blindness.ts';
import type { ExportFilters } from '../tables.ts';
import type { Cell, ExportKind, PageQuery } from './kind.ts';
import { all, countUpTo, type Looked, toPage } from './page.ts';

const columns = [
  ...['id', 'sequence', 'type', 'sku', 'itemId', 'site', 'siteId', 'location', 'locationId', 'lot', 'lotId'],
  ...[
    'quantity',
    'unit',
    'toSite',
    'toSiteId',
    'toLocation',
    'toLocationId',
    'enteredQuantity',
    'enteredUnit',
  ],
  ...['reason', 'reference', 'occurredAt', 'recordedAt', 'actor', 'reversesId'],
];

/**
 * The next movements by an index: of the item, else of the site at either end, else of all. What the other filters
 * leave out is looked at all the same, which bounds a statement however rare the rest is.
 */
function nextMovements({ filters: { itemId, siteId }, after, limit }: PageQuery): RawBuilder<unknown> {
  const next = (condition: RawBuilder<unknown> | false) => sql`
    select * from movements where ${all([condition, after !== null && sql`id > ${after}`])} order by id limit ${limit}`;
  if (itemId) return next(sql`item_id = ${itemId}`);
  if (!siteId) return next(false);
  return sql`select * from (
    (${next(sql`site_id = ${siteId}`)}) union all (${next(sql`to_site_id = ${siteId} and site_id <> ${siteId}`)})
  ) ends order by id limit ${limit}`;
}

/** Touches no stock that the reader counts. */
function unseen({ coversSql }: Counting): RawBuilder<boolean> {
  const item = sql.ref('m.item_id');
  const from = coversSql({ item, site: sql.ref('m.site_id'), location: sql.ref('m.location_id') });
  const to = coversSql({ item, site: sql.ref('m.to_site_id'), location: sql.ref('m.to_location_id') });
  return sql<boolean>`not (${from} or ${to})`;
}

const wanted = ({ filters: { siteId, from, to }, asOf, counting }: PageQuery) =>
  all([
    sql`m.recorded_at <= ${asOf}`,
    siteId !== undefined && sql`${siteId} in (m.site_id, m.to_site_id)`,
    from !== undefined && sql`m.occurred_at >= ${from}`,
    to !== undefined && sql`m.occurred_at <= ${to}`,
    counting !== null && unseen(counting),
  ]);

const estimated = ({ itemId, siteId }: ExportFilters) =>
  all([
    itemId !== undefined && sql`item_id = ${itemId}`,
    siteId !== undefined && sql`(site_id = ${siteId} or to_site_id = ${siteId})`,
  ]);

export const movements: ExportKind = {
  columns,
  estimate: (db, filters, limit) => countUpTo(db, limit, sql`movements where ${estimated(filters)}`),
  async readPage(db, query) {
    const { rows } = await sql<Looked & Record<string, Cell>>`
      select m.id, ${wanted(query)} as shown, m.sequence, m.type, i.sku, m.item_id as "itemId", s.code as site,
        m.site_id as "siteId", l.code as location, m.location_id as "locationId", t.code as lot, m.lot_id as "lotId",
        trim_scale(m.quantity)::text as quantity, i.unit, ts.code as "toSite", m.to_site_id as "toSiteId",
        tl.code as "toLocation", m.to_location_id as "toLocationId",
        trim_scale(m.entered_quantity)::text as "enteredQuantity", m.entered_unit as "enteredUnit", m.reason, m.reference,
        m.occurred_at as "occurredAt", m.recorded_at as "recordedAt", m.actor ->> 'name' as actor,
        m.reverses_id as "reversesId"
      from (${nextMovements(query)}) m
      join items i on (i.tenant_id, i.id) = (m.tenant_id, m.item_id)
      join sites s on (s.tenant_id, s.id) = (m.tenant_id, m.site_id)
      left join locations l on (l.tenant_id, l.id) = (m.tenant_id, m.location_id)
      left join lots t on (t.tenant_id, t.id) = (m.tenant_id, m.lot_id)
      left join sites ts on (ts.tenant_id, ts.id) = (m.tenant_id, m.to_site_id)
      left join locations tl on (tl.tenant_id, tl.id) = (m.tenant_id, m.to_location_id)
      order by m.id`.execute(db);
    return toPage(rows, query.limit, (row) => columns.map((column) => row[column] ?? null));
  },
};
