import { inTenant } from '@stockade/database';
import type { Kysely } from 'kysely';
import type { FlagTables } from './tables.ts';
import { type FlagRules, noRules } from './targeting.ts';

/** What is said of flags, as far as it concerns one tenant, by their keys. */
export type TenantRules = ReadonlyMap<string, FlagRules>;

/** Reads what is said of these flags for a tenant; the catalogue bounds it. */
export async function readRules(
  db: Kysely<FlagTables>,
  tenantId: string,
  keys: readonly string[],
): Promise<TenantRules> {
  const [platform, own] = await inTenant(
    db,
    tenantId,
    async (trx) =>
      [
        await trx
          .selectFrom('platform_feature_flags')
          .select(['key', 'pinned', 'by_operator'])
          .where('key', 'in', keys)
          .execute(),
        await trx
          .selectFrom('feature_flags')
          .select(['key', 'by_operator', 'by_tenant'])
          .where('key', 'in', keys)
          .execute(),
      ] as const,
    { readOnly: true },
  );
  const rules = new Map<string, FlagRules>();
  for (const { key, pinned, by_operator } of platform)
    rules.set(key, { ...noRules, pinned, rollout: by_operator });
  for (const { key, by_operator, by_tenant } of own)
    rules.set(key, { ...(rules.get(key) ?? noRules), byOperator: by_operator, byTenant: by_tenant });
  return rules;
}
