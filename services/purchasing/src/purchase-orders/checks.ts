import { errors } from '@stockade/service-kit';
import type { Kysely, Transaction } from 'kysely';
import { findItems, findSite } from '../projections/queries.ts';
import { findSupplier } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import { fitsUnit } from './money.ts';
import type { OrderLine } from './queries.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;

function checkActive(what: string, { active }: { active: boolean }): void {
  if (!active) throw errors.invalidState({ what, state: 'inactive', allowed: ['active'] });
}

async function checkSupplier(db: Db, id: string): Promise<void> {
  const supplier = await findSupplier(db, id);
  if (!supplier) throw errors.notFound('Supplier', id);
  checkActive(`Supplier ${supplier.code}`, supplier);
}

async function checkSite(db: Db, id: string): Promise<void> {
  const site = await findSite(db, id);
  if (!site) throw errors.notFound('Site', id);
  checkActive(`Site ${site.code}`, site);
}

async function checkLines(db: Db, lines: readonly OrderLine[]): Promise<void> {
  const items = await findItems(
    db,
    lines.map((line) => line.itemId),
  );
  for (const [at, line] of lines.entries()) {
    const item = items.get(line.itemId);
    if (!item) throw errors.notFound('Item', line.itemId);
    checkActive(`Item ${item.sku}`, item);
    if (!fitsUnit(item.unit, line.quantity)) {
      throw errors.validation([
        { path: `/lines/${at}/quantity`, message: `must be a whole number: ${item.sku} is counted by each` },
      ]);
    }
  }
}

interface Parts {
  supplierId?: string;
  siteId?: string;
  lines?: readonly OrderLine[];
}

/** What the call names is there, may be used, and fits. */
export async function checkParts(db: Db, { supplierId, siteId, lines }: Parts): Promise<void> {
  if (supplierId) await checkSupplier(db, supplierId);
  if (siteId) await checkSite(db, siteId);
  if (lines) await checkLines(db, lines);
}
