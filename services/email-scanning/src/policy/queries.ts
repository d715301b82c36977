import type { MailPolicy } from '@stockade/contracts/email-scanning';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { defaultPolicy } from '../engine/knowledge.ts';
import type { Policy } from '../engine/types.ts';
import type { EmailScanningDb } from '../tables.ts';
import type { PolicyTables } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
export type PolicyRow = Selectable<PolicyTables['policies']>;

export const toPolicy = (row: PolicyRow): Policy => ({
  suspiciousFrom: row.suspicious_from,
  maliciousFrom: row.malicious_from,
  disabledTechniques: row.disabled_techniques,
  trustedAuthservIds: row.trusted_authserv_ids,
  quarantineFrom: row.quarantine_from,
});

export const toMailPolicy = (row: PolicyRow): MailPolicy => ({
  ...toPolicy(row),
  version: row.version,
  // The first version is the defaults: nobody set them.
  updatedAt: row.version === 1 ? null : row.updated_at.toISOString(),
});

/** The tenant's policy as the engine takes it; the defaults when it has set none. */
export async function readPolicy(db: Db): Promise<Policy> {
  const row = await db.selectFrom('policies').selectAll().executeTakeFirst();
  return row ? toPolicy(row) : defaultPolicy;
}

export async function readMailPolicy(db: Db): Promise<MailPolicy> {
  const row = await db.selectFrom('policies').selectAll().executeTakeFirst();
  return row ? toMailPolicy(row) : { ...defaultPolicy, version: 1, updatedAt: null };
}

/** Locks the tenant's row, which is made of the defaults when there is none: of two first changes one waits. */
export async function lockPolicy(db: Db, tenantId: string): Promise<PolicyRow> {
  await db
    .insertInto('policies')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute();
  return db.selectFrom('policies').selectAll().forUpdate().executeTakeFirstOrThrow();
}

export async function updatePolicy(db: Db, policy: Policy): Promise<PolicyRow> {
  return db
    .updateTable('policies')
    .set({
      suspicious_from: policy.suspiciousFrom,
      malicious_from: policy.maliciousFrom,
      disabled_techniques: policy.disabledTechniques,
      trusted_authserv_ids: policy.trustedAuthservIds,
      quarantine_from: policy.quarantineFrom,
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
