import { featureFlagChanged } from '@stockade/contracts';
import { type Migration, tenantTable } from '@stockade/database';
import { type EventHandler, on, type Work } from '@stockade/messaging';
import { type Kysely, sql } from 'kysely';
import type { FlagTables } from './tables.ts';

/** The copies of flags in the schema of a service that asks for them; what is of no tenant has a table of its own. */
export const flagCopies = (name: string): Migration => ({
  name,
  sql: `
create table platform_feature_flags (
  key text primary key,
  version integer not null,
  pinned text,
  by_operator jsonb
);
grant select, insert, update on platform_feature_flags to :app;

create table feature_flags (
  tenant_id uuid not null,
  key text not null,
  version integer not null,
  by_operator jsonb,
  by_tenant jsonb,
  primary key (tenant_id, key)
);
${tenantTable('feature_flags', ['select', 'insert', 'update'])}
`,
});

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

/**
 * Keeps the copies. Only a newer version is taken, whatever the order of the events; a rule that was taken away stays as a
 * row that says nothing, so that an older event does not bring it back.
 */
export function copyFeatureFlags<DB>(): EventHandler<DB> {
  return on(featureFlagChanged, async (work: Work<DB>, { tenantId, aggregateVersion: version, payload }) => {
    // Each service that has these handlers has these tables.
    const trx = work.trx as unknown as Kysely<FlagTables>;
    const { flagKey: key, scope, pinned } = payload;
    const by_operator = json(payload.byOperator);
    if (scope === 'platform') {
      const fields = { version, pinned, by_operator };
      await trx
        .insertInto('platform_feature_flags')
        .values({ key, ...fields })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet(fields)
            .where(sql.ref('platform_feature_flags.version'), '<', version),
        )
        .execute();
      return;
    }
    const fields = { version, by_operator, by_tenant: json(payload.byTenant) };
    await trx
      .insertInto('feature_flags')
      .values({ tenant_id: tenantId, key, ...fields })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'key'])
          .doUpdateSet(fields)
          .where(sql.ref('feature_flags.version'), '<', version),
      )
      .execute();
  });
}
