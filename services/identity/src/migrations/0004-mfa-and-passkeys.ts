import { type Migration, systemAccess, tenantTable } from '@stockade/database';

const ofUser = `
  tenant_id uuid not null,
  user_id uuid not null,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,`;

/** Second factors and passkeys: none of it outlives its user. */
export const mfaAndPasskeys: Migration = {
  name: '0004-mfa-and-passkeys',
  sql: `
alter table sessions
  add method text not null default 'password' check (method in ('password', 'totp', 'recovery_code', 'passkey')),
  add user_agent text check (length(user_agent) <= 300),
  add address text check (length(address) <= 64);

create table totp_credentials (${ofUser}
  -- Sealed.
  secret bytea not null,
  -- Null: begun, but no code has shown yet that the app has it.
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: neither it nor one before it is taken again.
  last_step bigint not null default 0,
  failures integer not null default 0,
  failing_since timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
${tenantTable('totp_credentials', ['select', 'insert', 'update', 'delete'])}

create table recovery_codes (${ofUser}
  code_hash bytea not null,
  used_at timestamptz,
  primary key (tenant_id, user_id, code_hash)
);
${tenantTable('recovery_codes', ['select', 'insert', 'update', 'delete'])}

-- A right password whose second factor is awaited.
create table mfa_challenges (${ofUser}
  id uuid not null,
  token_hash bytea not null,
  attempts integer not null default 0,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index mfa_challenges_token_hash_key on mfa_challenges (token_hash);
create index mfa_challenges_user on mfa_challenges (tenant_id, user_id);
create index mfa_challenges_expires_at on mfa_challenges (expires_at);
${tenantTable('mfa_challenges', ['select', 'insert', 'update', 'delete'])}
${systemAccess('mfa_challenges', ['select', 'delete'])}

create table passkeys (${ofUser}
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text not null,
  credential_id text not null check (length(credential_id) <= 1400),
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  backed_up boolean not null,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);
-- A sign-in names neither tenant nor user.
create unique index passkeys_credential_id_key on passkeys (credential_id);
create index passkeys_user on passkeys (tenant_id, user_id);
${tenantTable('passkeys', ['select', 'insert', 'update', 'delete'])}
${systemAccess('passkeys', ['select'])}

-- One a user: whoever begins again cannot finish the first.
create table passkey_registrations (${ofUser}
  challenge text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, user_id)
);
${tenantTable('passkey_registrations', ['select', 'insert', 'update', 'delete'])}

-- Of sign-ins: who it will be is not known yet.
create table passkey_challenges (
  challenge text primary key,
  expires_at timestamptz not null
);
create index passkey_challenges_expires_at on passkey_challenges (expires_at);
grant select, insert, delete on passkey_challenges to :system;
`,
};
