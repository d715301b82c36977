import type { PurchasingSettings } from '@stockade/contracts/purchasing';
import { decimal } from '@stockade/database';
import { type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely';
import type { PurchasingDb, SettingsTable } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type SettingsRow = Selectable<SettingsTable>;

const columns = [
  'tenant_id',
  decimal('approval_threshold').as('approval_threshold'),
  decimal('receipt_tolerance').as('receipt_tolerance'),
  decimal('price_tolerance').as('price_tolerance'),
  decimal('quantity_tolerance').as('quantity_tolerance'),
  'version',
  'created_at',
  'updated_at',
] as const;

/** What counts for a tenant that has set nothing: the table's defaults. */
const defaults: PurchasingSettings = {
  approvalThreshold: '10000',
  receiptTolerance: '0',
  priceTolerance: '0',
  quantityTolerance: '0',
  version: 1,
  updatedAt: null,
};

export const toSettings = (row: SettingsRow): PurchasingSettings => ({
  approvalThreshold: row.approval_threshold,
  receiptTolerance: row.receipt_tolerance,
  priceTolerance: row.price_tolerance,
  quantityTolerance: row.quantity_tolerance,
  version: row.version,
  // The first version is the defaults: nobody set them.
  updatedAt: row.version === 1 ? null : row.updated_at.toISOString(),
});

export async function readSettings(db: Db): Promise<PurchasingSettings> {
  const row = await db.selectFrom('settings').select(columns).executeTakeFirst();
  return row ? toSettings(row) : defaults;
}

/** Locks the tenant's row, which is made of the defaults when there is none: of two first changes one waits. */
export async function lockSettings(db: Db, tenantId: string): Promise<SettingsRow> {
  await db
    .insertInto('settings')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute();
  return db.selectFrom('settings').select(columns).forUpdate().executeTakeFirstOrThrow();
}

export async function updateSettings(db: Db, changes: Updateable<SettingsTable>): Promise<SettingsRow> {
  return db
    .updateTable('settings')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .returning(columns)
    .executeTakeFirstOrThrow();
}
