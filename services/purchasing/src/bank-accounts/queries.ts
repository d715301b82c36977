import type { BankAccount } from '@stockade/contracts/purchasing';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { BankAccountTable, PurchasingDb } from '../tables.ts';
import type { DetailsSealer } from './details.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
/** With its details, opened. */
export type BankAccountRow = Selectable<BankAccountTable>;

const opened = (details: DetailsSealer, row: BankAccountRow | undefined) => row && details.open(row);

export function toBankAccount(row: BankAccountRow): BankAccount {
  return {
    id: row.id,
    supplierId: row.supplier_id,
    holder: row.holder ?? '',
    iban: row.iban,
    routingNumber: row.routing_number,
    accountNumber: row.account_number,
    bic: row.bic,
    currency: row.currency,
    status: row.status,
    proposedBy: row.proposed_by,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findBankAccount(
  db: Db,
  details: DetailsSealer,
  supplierId: string,
  id: string,
): Promise<BankAccountRow | undefined> {
  const row = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('supplier_id', '=', supplierId)
    .where('id', '=', id)
    .executeTakeFirst();
  return opened(details, row);
}

export async function lockBankAccount(
  db: Db,
  details: DetailsSealer,
  supplierId: string,
  id: string,
): Promise<BankAccountRow | undefined> {
  const row = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('supplier_id', '=', supplierId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return opened(details, row);
}

export async function findVerified(
  db: Db,
  details: DetailsSealer,
  supplierId: string,
): Promise<BankAccountRow | undefined> {
  const row = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('supplier_id', '=', supplierId)
    .where('status', '=', 'verified')
    .executeTakeFirst();
  return opened(details, row);
}

/** The verified account, held as it is until the transaction ends. */
export async function shareVerified(
  db: Db,
  details: DetailsSealer,
  supplierId: string,
): Promise<BankAccountRow | undefined> {
  const row = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('supplier_id', '=', supplierId)
    .where('status', '=', 'verified')
    .forShare()
    .executeTakeFirst();
  return opened(details, row);
}

export async function listBankAccounts(
  db: Db,
  details: DetailsSealer,
  supplierId: string,
  { status, ...query }: ListQuery & { status?: BankAccountRow['status'] },
): Promise<BankAccount[]> {
  let accounts = applyPage(
    db.selectFrom('bank_accounts').selectAll().where('supplier_id', '=', supplierId),
    query,
  );
  if (status) accounts = accounts.where('status', '=', status);
  return (await accounts.execute()).map((row) => toBankAccount(details.open(row)));
}

export async function insertBankAccount(
  db: Db,
  details: DetailsSealer,
  account: Insertable<BankAccountTable>,
): Promise<BankAccountRow> {
  return details.open(
    await db.insertInto('bank_accounts').values(account).returningAll().executeTakeFirstOrThrow(),
  );
}

export async function updateBankAccount(
  db: Db,
  details: DetailsSealer,
  id: string,
  changes: Updateable<BankAccountTable>,
): Promise<BankAccountRow> {
  const row = await db
    .updateTable('bank_accounts')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return details.open(row);
}
