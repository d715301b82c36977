import { compiledTenant } from './suppliers/compile.ts';
import type { CheckContext, Order, ScanResult, Supplier } from './types.ts';

/** Why a mail is taken to be about a supplier, the surest first. */
export type Tie = 'sender' | 'imitation' | 'name' | 'order' | 'mention' | 'account';

/** What of ours a mail is about. */
export interface Concern {
  supplier: Supplier | null;
  tie: Tie | null;
  /** The orders that it names and that exist. */
  orders: Order[];
}

const nothing: Concern = { supplier: null, tie: null, orders: [] };

function concern({ sender, message, knowledge, reading, references }: CheckContext): Concern {
  const { orders } = knowledge.message;
  if (knowledge.tenant.suppliers.length === 0) return { ...nothing, orders };
  const known = compiledTenant(knowledge.tenant);
  const is = (tie: Tie, supplier: Supplier): Concern => ({ supplier, tie, orders });
  if (sender.supplier) return is('sender', sender.supplier);
  if (sender.impersonated) return is('imitation', sender.impersonated.supplier);
  const named = known.named(message.from?.name ?? '');
  if (named) return is('name', named);
  const [first, ...others] = new Set(orders.map((order) => order.supplierId));
  const ordered = first && others.length === 0 ? known.supplier(first) : null;
  if (ordered) return is('order', ordered);
  const [mentioned, ...more] = known.mentioned(reading.words);
  if (mentioned && more.length === 0) return is('mention', mentioned);
  for (const iban of references.ibans) {
    const [owned] = known.accounts.get(iban) ?? [];
    if (owned) return is('account', owned.supplier);
  }
  return { ...nothing, orders };
}

const concerns = new WeakMap<CheckContext, Concern>();

/** What of ours a mail is about; found once for all checks. */
export function concernOf(context: CheckContext): Concern {
  const known = concerns.get(context);
  if (known) return known;
  const found = concern(context);
  concerns.set(context, found);
  return found;
}

/** The supplier that a mail is about: whose domain it has, imitates or names, whose order it names, or whom it speaks of. */
export const concernedSupplier = (context: CheckContext): Supplier | null => concernOf(context).supplier;

/** Of the orders that the mail names those of its supplier; without one all of them. */
export function relatedTo(context: CheckContext): ScanResult['related'] {
  const { supplier, orders } = concernOf(context);
  return {
    supplierId: supplier?.id ?? null,
    purchaseOrderIds: orders
      .filter((order) => !supplier || order.supplierId === supplier.id)
      .map((order) => order.id),
  };
}
