import { type Migration, systemAccess, tenantTable } from '@stockade/database';

export const accountFlows: Migration = {
  name: '0003-account-flows',
  sql: `
-- What a mailed link stands for. Its secret is not stored, nor a hash of it: it is derived from the id and a key.
create table account_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  purpose text not null check (purpose in ('password-reset', 'invitation', 'email-change')),
  email text not null check (email = lower(email)),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
-- A link names no tenant.
create unique index account_tokens_id_key on account_tokens (id);
-- A newer link is the only one that is good.
create unique index account_tokens_one_live on account_tokens (tenant_id, user_id, purpose) where ended_at is null;
create index account_tokens_user on account_tokens (tenant_id, user_id, purpose, created_at);
create index account_tokens_expires_at on account_tokens (expires_at);
${tenantTable('account_tokens', ['select', 'insert', 'update'])}
${systemAccess('account_tokens', ['select', 'delete'])}

-- While lease is set, somebody is at work on it until next_attempt_at; after that it is anybody's again.
create table account_mails (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_id uuid not null,
  kind text not null check (kind in ('password-reset', 'invitation', 'email-change', 'email-change-notice')),
  recipient text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  created_at timestamptz not null default now(),
  give_up_at timestamptz not null,
  rounds integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease uuid,
  note text,
  provider text,
  provider_id text,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, token_id) references account_tokens (tenant_id, id) on delete cascade,
  check ((status = 'sent') = (sent_at is not null)),
  check (status <> 'failed' or note is not null)
);
create index account_mails_token on account_mails (tenant_id, token_id);
create index account_mails_user on account_mails (tenant_id, user_id);
create index account_mails_due on account_mails (next_attempt_at) where status = 'queued';
${tenantTable('account_mails', ['select', 'insert', 'update'])}
-- What is due is looked for across tenants; whom it goes to is not.
create policy system_access on account_mails to :system using (true);
grant select (tenant_id, id, status, next_attempt_at) on account_mails to :system;

-- Asked for by anybody, for any address: whose it is, only the job that works them off looks up.
create table password_reset_requests (
  id uuid primary key,
  email text not null,
  ip text,
  request_id text,
  traceparent text,
  created_at timestamptz not null default now()
);
grant select, insert, delete on password_reset_requests to :system;

-- Failed sign-ins by account (a keyed hash of the address, which may be nobody's) and device; an empty device stands for
-- all that never signed in before. untold: an episode of slowing that has no audit entry yet.
create table sign_in_failures (
  account bytea not null check (octet_length(account) = 32),
  device bytea not null,
  tenant_id uuid,
  user_id uuid,
  failures integer not null,
  window_started_at timestamptz not null default now(),
  blocked_until timestamptz,
  untold boolean not null default false,
  primary key (account, device)
);
create index sign_in_failures_window on sign_in_failures (window_started_at);
create index sign_in_failures_untold on sign_in_failures (tenant_id) where untold;
${tenantTable('sign_in_failures', ['select'])}
grant update (untold) on sign_in_failures to :app;
${systemAccess('sign_in_failures', ['select', 'insert', 'update', 'delete'])}
`,
};
