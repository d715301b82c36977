import type { Kysely, Transaction } from 'kysely';
import { noKnowledge, type References, type ScanKnowledge } from '../engine/index.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

const maxSuppliers = 5_000;
const maxOrders = 200;

/** What the tenant knows that may matter to this mail: all its suppliers, and the orders that the mail names. */
export async function loadKnowledge(db: Db, references: References): Promise<ScanKnowledge> {
  const [suppliers, accounts, orders, tenants, users] = await Promise.all([
    db
      .selectFrom('suppliers')
      .select(['id', 'name', 'mail_domains as mailDomains', 'contacts'])
      .where('active', '=', true)
      .orderBy('id')
      .limit(maxSuppliers)
      .execute(),
    db
      .selectFrom('bank_accounts')
      .select([
        'id',
        'supplier_id',
        'iban',
        'routing_number as routingNumber',
        'account_number as accountNumber',
        'status',
      ])
      .where('status', '!=', 'rejected')
      .limit(maxSuppliers * 2)
      .execute(),
    references.orderNumbers.length === 0
      ? []
      : db
          .selectFrom('orders')
          .select(['id', 'number', 'supplier_id as supplierId', 'status', 'total', 'currency'])
          .where('number', 'in', references.orderNumbers.slice(0, maxOrders))
          .execute(),
    db.selectFrom('tenants').select('mail_domains').execute(),
    db.selectFrom('users').select(['name', 'email']).where('active', '=', true).limit(maxSuppliers).execute(),
  ]);
  const accountsOf = Map.groupBy(accounts, (account) => account.supplier_id);
  return {
    tenant: {
      ...noKnowledge.tenant,
      ownDomains: tenants.flatMap((tenant) => tenant.mail_domains),
      users,
      suppliers: suppliers.map((supplier) => ({
        ...supplier,
        bankAccounts: (accountsOf.get(supplier.id) ?? []).map(({ supplier_id: _, ...account }) => account),
      })),
    },
    message: { ...noKnowledge.message, orders },
  };
}

/**
 * Whether the copies may be behind what the mail speaks of: it names an order that is unknown, or an account while none
 * of its sender's is verified. A mail can arrive right after its order was made.
 */
export function mayBeBehind(knowledge: ScanKnowledge, references: References): boolean {
  const known = new Set(knowledge.message.orders.map((order) => order.number));
  if (references.orderNumbers.some((number) => !known.has(number))) return true;
  if (references.ibans.length === 0) return false;
  const sender = knowledge.tenant.suppliers.find((supplier) =>
    supplier.mailDomains.includes(references.senderDomain ?? ''),
  );
  return sender !== undefined && !sender.bankAccounts.some((account) => account.status === 'verified');
}
