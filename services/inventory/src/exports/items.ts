import { decimal } from '@stockade/database';
import { sql } from 'kysely';
import type { ExportKind } from './kind.ts';
import { all, countUpTo, toPage } from './page.ts';

const ofItem = (itemId: string | undefined) => itemId !== undefined && sql`id = ${itemId}`;

/** Columns that an import knows are named as there. */
export const items: ExportKind = {
  columns: [
    ...['id', 'sku', 'name', 'unit', 'description', 'barcode', 'reorderPoint', 'reorderQuantity'],
    ...['allowNegative', 'lotTracked', 'active', 'createdAt', 'updatedAt'],
  ],
  estimate: (db, { itemId }, limit) => countUpTo(db, limit, sql`items where ${all([ofItem(itemId)])}`),
  async readPage(db, { filters: { itemId }, after, limit }) {
    const rows = await db
      .selectFrom('items')
      .select([
        'id',
        'sku',
        'name',
        'unit',
        'description',
        'barcode',
        'allow_negative',
        'lot_tracked',
        'active',
      ])
      .select([decimal('reorder_point').as('point'), decimal('reorder_quantity').as('quantity')])
      .select(['created_at', 'updated_at', sql<boolean>`true`.as('shown')])
      .where(all([ofItem(itemId), after !== null && sql`id > ${after}`]))
      .orderBy('id')
      .limit(limit)
      .execute();
    return toPage(rows, limit, (row) => [
      ...[row.id, row.sku, row.name, row.unit, row.description, row.barcode, row.point, row.quantity],
      ...[row.allow_negative, row.lot_tracked, row.active, row.created_at, row.updated_at],
    ]);
  },
};
