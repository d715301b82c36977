import { type Kysely, sql, type Transaction } from 'kysely';
import type { MessageKnowledge, Order, References, TenantKnowledge } from '../engine/index.ts';
import { findIndicators } from '../feeds/indicator-queries.ts';
import { findHistory } from '../history/queries.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** What the database says of each of some messages. */
export type Looked = Pick<MessageKnowledge, 'orders' | 'indicators' | 'history'>;

const maxOrders = 1_000;

/** Looks up what messages refer to: a few statements for all of them. */
export async function lookUp(trx: Db, references: readonly References[]): Promise<Looked[]> {
  const orders = await findOrders(trx, references);
  const histories = await findHistory(trx, references);
  const indicators = await findIndicators(trx, references);
  return references.map(({ orderNumbers }, at) => ({
    orders: orderNumbers.flatMap((number) => orders.get(number) ?? []),
    indicators: indicators[at] ?? [],
    history: histories[at] ?? null,
  }));
}

async function findOrders(trx: Db, references: readonly References[]): Promise<Map<string, Order>> {
  const numbers = [...new Set(references.flatMap(({ orderNumbers }) => orderNumbers))].slice(0, maxOrders);
  if (numbers.length === 0) return new Map();
  const rows = await trx
    .selectFrom('orders')
    .select(['id', 'number', 'supplier_id as supplierId', 'status', 'total', 'currency'])
    .where('number', 'in', numbers)
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

/** The newest order that the copies know; null when they know none. */
export async function newestOrderNumber(trx: Db): Promise<string | null> {
  const { rows } = await sql<{ number: string | null }>`select max(number) as number from orders`.execute(
    trx,
  );
  return rows[0]?.number ?? null;
}

interface Sight {
  references: References;
  orders: readonly Order[];
  tenant: TenantKnowledge;
  newestOrder: string | null;
}

/**
 * Whether the copies may be behind what a mail speaks of: it names an order that would be newer than the newest one
 * known, or an account while none of its sender's is verified. A mail can come right after its order was made.
 */
export function mayBeBehind({ references, orders, tenant, newestOrder }: Sight): boolean {
  const known = new Set(orders.map((order) => order.number));
  const isNewer = (number: string) => newestOrder === null || number > newestOrder;
  if (references.orderNumbers.some((number) => !known.has(number) && isNewer(number))) return true;
  if (references.ibans.length + references.usAccounts.length === 0) return false;
  const sender = tenant.suppliers.find((supplier) =>
    supplier.mailDomains.includes(references.senderDomain ?? ''),
  );
  return sender !== undefined && !sender.bankAccounts.some((account) => account.status === 'verified');
}
