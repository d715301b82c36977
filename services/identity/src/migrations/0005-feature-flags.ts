import { type Migration, systemAccess, tenantTable } from '@stockade/database';

/** Rows are never removed: a rule that was taken away says nothing, and its version goes on, so that copies hear of it. */
export const featureFlags: Migration = {
  name: '0005-feature-flags',
  sql: `
-- Of no tenant: the operator's rollouts, and how often flags are asked for.
create table platform_feature_flags (
  key text primary key,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  pinned text,
  by_operator jsonb
);
grant select, insert, update on platform_feature_flags to :app;
grant select on platform_feature_flags to :system;

create table feature_flags (
  tenant_id uuid not null,
  key text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  by_operator jsonb,
  by_tenant jsonb,
  primary key (tenant_id, key),
  foreign key (tenant_id) references tenants (tenant_id)
);
create index feature_flags_key on feature_flags (key, tenant_id desc);
${tenantTable('feature_flags', ['select', 'insert', 'update'])}
${systemAccess('feature_flags', ['select'])}

create table feature_flag_usage (
  key text not null,
  service text not null,
  evaluations bigint not null,
  last_evaluated_at timestamptz not null,
  primary key (key, service)
);
grant select, insert, update on feature_flag_usage to :app;
grant select on feature_flag_usage to :system;

-- A tenant is live or a sandbox from its first day on.
alter table tenants add column mode text not null default 'live' check (mode in ('live', 'test'));
`,
};
