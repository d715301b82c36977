import { supplierNamed } from './identity.ts';
import type { CheckContext, ScanResult, Supplier } from './types.ts';

/** The supplier that a mail is about: whose domain it has, imitates or names, else whose order it names. */
export function concernedSupplier({
  sender,
  message,
  knowledge,
}: Omit<CheckContext, 'envelope' | 'references'>): Supplier | null {
  const named =
    sender.supplier ??
    sender.impersonated?.supplier ??
    supplierNamed(message.from?.name ?? '', knowledge.tenant.suppliers);
  if (named) return named;
  const [first, ...others] = new Set(knowledge.message.orders.map((order) => order.supplierId));
  return first && others.length === 0
    ? (knowledge.tenant.suppliers.find((supplier) => supplier.id === first) ?? null)
    : null;
}

/** Of the orders that the mail names those of its supplier; without one all of them. */
export function relatedTo(context: CheckContext): ScanResult['related'] {
  const supplier = concernedSupplier(context);
  const orders = context.knowledge.message.orders.filter(
    (order) => !supplier || order.supplierId === supplier.id,
  );
  return { supplierId: supplier?.id ?? null, purchaseOrderIds: orders.map((order) => order.id) };
}
