import { decimal } from '@stockade/database';
import { sql } from 'kysely';
import type { ExportFilters } from '../tables.ts';
import type { ExportKind } from './kind.ts';
import { all, countUpTo, toPage } from './page.ts';

const wanted = ({ itemId, siteId }: ExportFilters) => [
  itemId !== undefined && sql`b.item_id = ${itemId}`,
  siteId !== undefined && sql`b.site_id = ${siteId}`,
];

export const balances: ExportKind = {
  columns: [
    ...['sku', 'itemId', 'site', 'siteId', 'location', 'locationId', 'lot', 'lotId', 'expiresAt', 'unit'],
    ...['onHand', 'reserved', 'available', 'updatedAt'],
  ],
  estimate: (db, filters, limit) => countUpTo(db, limit, sql`balances b where ${all(wanted(filters))}`),
  async readPage(db, { filters, after, limit, counting }) {
    const [item, site, location] = [sql.ref('b.item_id'), sql.ref('b.site_id'), sql.ref('b.location_id')];
    const shown = counting ? sql<boolean>`not ${counting.coversSql({ item, site, location })}` : all([]);
    const rows = await db
      .selectFrom('balances as b')
      .innerJoin('items as i', (join) =>
        join.onRef('i.tenant_id', '=', 'b.tenant_id').onRef('i.id', '=', 'b.item_id'),
      )
      .innerJoin('sites as s', (join) =>
        join.onRef('s.tenant_id', '=', 'b.tenant_id').onRef('s.id', '=', 'b.site_id'),
      )
      .leftJoin('locations as l', (join) =>
        join.onRef('l.tenant_id', '=', 'b.tenant_id').onRef('l.id', '=', 'b.location_id'),
      )
      .leftJoin('lots as t', (join) =>
        join.onRef('t.tenant_id', '=', 'b.tenant_id').onRef('t.id', '=', 'b.lot_id'),
      )
      .select([
        'b.id',
        'i.sku',
        'b.item_id',
        's.code as site',
        'b.site_id',
        'l.code as location',
        'b.location_ref',
      ])
      .select(['t.code as lot', 'b.lot_ref', 't.expires_at', 'i.unit', 'b.updated_at', shown.as('shown')])
      .select([decimal('b.on_hand').as('on_hand'), decimal('b.reserved').as('reserved')])
      .select(sql<string>`trim_scale(b.on_hand - b.reserved)::text`.as('available'))
      .where(all([...wanted(filters), after !== null && sql`b.id > ${after}`]))
      .orderBy('b.id')
      .limit(limit)
      .execute();
    return toPage(rows, limit, (row) => [
      ...[row.sku, row.item_id, row.site, row.site_id, row.location, row.location_ref, row.lot, row.lot_ref],
      ...[row.expires_at, row.unit, row.on_hand, row.reserved, row.available, row.updated_at],
    ]);
  },
};
