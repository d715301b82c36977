import { supplierChanged } from '@stockade/contracts';
import type { CreateSupplierBody, Supplier, UpdateSupplierBody } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { checkCurrency } from '../purchase-orders/money.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;

const audited = ['code', 'name', 'mail_domains', 'contacts', 'currency', 'active'];
const target = (id: string) => ({ type: 'supplier', id });

function emitSupplier(work: PurchasingWork, row: queries.SupplierRow): void {
  const { id: supplierId, version, code, name, mail_domains: mailDomains, contacts, active } = row;
  work.emit(supplierChanged, {
    aggregateId: supplierId,
    aggregateVersion: version,
    payload: { supplierId, code, name, mailDomains, contacts, active },
  });
}

export async function createSupplier(
  work: PurchasingWork,
  body: Static<typeof CreateSupplierBody>,
): Promise<Supplier> {
  const { code, name, mailDomains, contacts = [], currency } = body;
  if (currency) checkCurrency(currency);
  const row = await queries
    .insertSupplier(work.trx, {
      tenant_id: work.tenantId,
      id: newId(),
      code,
      name,
      mail_domains: mailDomains,
      contacts: JSON.stringify(contacts),
      currency: currency ?? null,
    })
    .catch((error) =>
      mapConstraint(error, {
        suppliers_code_key: () => errors.conflict(`There is a supplier ${code} already.`, { field: 'code' }),
      }),
    );
  emitSupplier(work, row);
  work.audit({
    action: 'purchasing.supplier.create',
    target: target(row.id),
    changes: changed(null, row, audited),
  });
  return queries.toSupplier(row);
}

export async function changeSupplier(
  work: PurchasingWork,
  id: string,
  body: Static<typeof UpdateSupplierBody>,
  ifMatch: number | null,
): Promise<Supplier> {
  const { mailDomains, contacts, ...fields } = body;
  if (fields.currency) checkCurrency(fields.currency);
  const before = await queries.lockSupplier(work.trx, id);
  if (!before) throw errors.notFound('Supplier', id);
  checkVersion(before.version, ifMatch);
  const after = await queries.updateSupplier(work.trx, id, {
    ...fields,
    ...(mailDomains ? { mail_domains: mailDomains } : {}),
    ...(contacts ? { contacts: JSON.stringify(contacts) } : {}),
  });
  emitSupplier(work, after);
  work.audit({
    action: 'purchasing.supplier.update',
    target: target(id),
    changes: changed(before, after, audited),
  });
  return queries.toSupplier(after);
}
