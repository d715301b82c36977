import type { Sealer } from '@stockade/secrets';
import type { Kysely, Transaction } from 'kysely';
import type { TenantKnowledge } from '../engine/index.ts';
import { readAdaptation } from '../feedback/adaptation-queries.ts';
import { activeEntries } from '../lists/queries.ts';
import { readPolicy } from '../policy/queries.ts';
import { openAccount } from '../projections/bank-details.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

const maxSuppliers = 5_000;
const maxTenants = 50;

/** Tenants' knowledge as this process loaded it, least recently used first. */
const loaded = new Map<string, TenantKnowledge>();

/**
 * What the tenant knows, the same for all its mails. Loaded once for each version: a trigger counts every change of the
 * tables that it is made of. The version is read first, so that what is loaded is at least as new as its key says.
 */
export async function tenantKnowledge(
  trx: Db,
  bankDetails: Sealer,
  tenantId: string,
): Promise<TenantKnowledge> {
  const row = await trx.selectFrom('knowledge_versions').select('version').executeTakeFirst();
  const key = `${tenantId}:${row?.version ?? 0}`;
  let knowledge = loaded.get(tenantId);
  loaded.delete(tenantId);
  if (knowledge?.key !== key) knowledge = { ...(await load(trx, bankDetails)), key };
  loaded.set(tenantId, knowledge);
  for (const oldest of loaded.keys()) {
    if (loaded.size <= maxTenants) break;
    loaded.delete(oldest);
  }
  return knowledge;
}

async function load(trx: Db, bankDetails: Sealer): Promise<Omit<TenantKnowledge, 'key'>> {
  const suppliers = await trx
    .selectFrom('suppliers')
    .select(['id', 'name', 'mail_domains as mailDomains', 'contacts'])
    .where('active', '=', true)
    .orderBy('id')
    .limit(maxSuppliers)
    .execute();
  const accounts = await trx
    .selectFrom('bank_accounts')
    .select([
      'tenant_id',
      'id',
      'supplier_id',
      'status',
      'sealed',
      'iban',
      'routing_number',
      'account_number',
    ])
    .where('status', '!=', 'rejected')
    .orderBy('id')
    .limit(maxSuppliers * 4)
    .execute();
  const tenants = await trx.selectFrom('tenants').select('mail_domains').execute();
  const users = await trx
    .selectFrom('users')
    .select(['name', 'email'])
    .where('active', '=', true)
    .limit(maxSuppliers)
    .execute();
  const accountsOf = Map.groupBy(accounts, (account) => account.supplier_id);
  return {
    lists: await activeEntries(trx, new Date()),
    policy: await readPolicy(trx),
    adaptation: await readAdaptation(trx),
    ownDomains: tenants.flatMap((tenant) => tenant.mail_domains),
    users,
    suppliers: suppliers.map((supplier) => ({
      ...supplier,
      bankAccounts: (accountsOf.get(supplier.id) ?? []).flatMap((account) => {
        const opened = openAccount(bankDetails, account);
        if (!opened) return [];
        const { id, status, iban, routing_number: routingNumber, account_number: accountNumber } = opened;
        return [{ id, status, iban, routingNumber, accountNumber }];
      }),
    })),
  };
}
