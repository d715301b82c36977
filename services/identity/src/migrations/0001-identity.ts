import { type Migration, systemAccess, tenantTable } from '@stockade/database';

const resource = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),`;

/** The system role looks credentials up before the tenant is known; it changes nothing but their last use. */
export const identity: Migration = {
  name: '0001-identity',
  sql: `
create table tenants (${resource}
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  mail_domains text[] not null default '{}',
  plan_factor double precision not null default 1 check (plan_factor > 0),
  primary key (tenant_id),
  check (id = tenant_id)
);
${tenantTable('tenants', ['select', 'insert', 'update'])}
${systemAccess('tenants', ['select'])}

create table users (${resource}
  email text not null,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'operator', 'auditor', 'viewer')),
  status text not null check (status in ('active', 'invited', 'disabled')),
  password_hash text,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (tenant_id),
  check (email = lower(email)),
  check (status <> 'active' or password_hash is not null)
);
-- A sign-in names no tenant: an address belongs to one user of one tenant.
create unique index users_email_key on users (email);
${tenantTable('users', ['select', 'insert', 'update', 'delete'])}
${systemAccess('users', ['select'])}

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create unique index sessions_token_hash_key on sessions (token_hash);
create index sessions_user on sessions (tenant_id, user_id);
create index sessions_expires_at on sessions (expires_at);
${tenantTable('sessions', ['select', 'insert', 'update', 'delete'])}
${systemAccess('sessions', ['select', 'update', 'delete'])}

create table api_keys (${resource}
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_by uuid not null,
  primary key (tenant_id, id)
);
create unique index api_keys_key_hash_key on api_keys (key_hash);
create index api_keys_created_by on api_keys (tenant_id, created_by);
${tenantTable('api_keys', ['select', 'insert', 'update'])}
${systemAccess('api_keys', ['select', 'update'])}
`,
};
