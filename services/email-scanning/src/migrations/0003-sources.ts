import { type Migration, systemAccess, tenantTable } from '@stockade/database';

const resource = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),`;
const kept = ['select', 'insert', 'update', 'delete'] as const;

/** The ways in which mail comes, where its bytes are, and what came by two ways. */
export const sources: Migration = {
  name: '0003-sources',
  sql: `
-- Raw messages are sealed with the key that key_id names, and may be in a bucket. Older ones are neither.
alter table raw_messages alter column body drop not null;
alter table raw_messages add key_id text, add object_name text;
alter table raw_messages add constraint raw_messages_somewhere check ((body is null) = (object_name is not null));
create index raw_messages_object on raw_messages (object_name) where object_name is not null;
create policy system_access on raw_messages for select to :system using (true);
grant select (object_name) on raw_messages to :system;

alter table messages add source_id uuid;

create table sources (${resource}
  kind text not null check (kind in ('smtp', 'imap', 'webhook')),
  name text not null,
  active boolean not null,
  -- What the kind needs: networks; host, port, tls, user, mailbox; format.
  settings jsonb not null,
  -- The mailbox's password or the webhook's secret, sealed.
  secret bytea,
  primary key (tenant_id, id)
);
${tenantTable('sources', ['select', 'insert', 'update'])}
${systemAccess('sources', ['select'])}

-- How a source fares: apart, as it changes with the mail and not by people.
create table source_states (
  tenant_id uuid not null,
  source_id uuid not null,
  last_message_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  failures integer not null default 0,
  -- The newest messages that were not taken, with their reasons.
  refused jsonb not null default '[]',
  uid_validity bigint,
  last_uid bigint not null default 0,
  lease uuid,
  leased_until timestamptz,
  next_poll_at timestamptz not null default now(),
  primary key (tenant_id, source_id),
  foreign key (tenant_id, source_id) references sources (tenant_id, id)
);
create index source_states_due on source_states (next_poll_at);
${tenantTable('source_states', ['select', 'insert', 'update'])}
${systemAccess('source_states', ['select', 'update'])}

-- Whose mail it is: an address, or with an empty local part a whole domain.
create table source_recipients (
  tenant_id uuid not null,
  source_id uuid not null,
  domain text not null,
  local_part text not null,
  primary key (tenant_id, source_id, domain, local_part),
  constraint source_recipients_address unique (domain, local_part),
  foreign key (tenant_id, source_id) references sources (tenant_id, id)
);
${tenantTable('source_recipients', ['select', 'insert', 'delete'])}
${systemAccess('source_recipients', ['select'])}

-- A tenant that has a domain has all its addresses: no other may take one out of it, nor the domain over others' addresses.
-- The owner, in whose name the trigger looks, has to see them.
create policy owner_access on source_recipients for select to :owner using (true);
create function keep_domains_apart() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('source_recipients ' || new.domain, 0));
  if exists (
    select from source_recipients r
    where r.domain = new.domain and r.tenant_id <> new.tenant_id and (r.local_part = '' or new.local_part = ''))
  then
    raise unique_violation using constraint = 'source_recipients_address', message = 'the domain is in use';
  end if;
  return new;
end $$;
create trigger source_recipients_apart before insert on source_recipients
  for each row execute function keep_domains_apart();

-- Signatures that were taken, until they are too old to be sent again.
create table webhook_signatures (
  tenant_id uuid not null,
  source_id uuid not null,
  signature bytea not null,
  expires_at timestamptz not null,
  primary key (tenant_id, source_id, signature)
);
create index webhook_signatures_expires on webhook_signatures (expires_at);
${tenantTable('webhook_signatures', ['select', 'insert'])}
${systemAccess('webhook_signatures', ['select', 'delete'])}

-- Further deliveries of a message that the tenant had already; the first is in the message itself.
create table message_deliveries (
  tenant_id uuid not null,
  message_id uuid not null,
  no smallint not null check (no between 1 and 50),
  source_id uuid,
  source text,
  envelope_from text,
  envelope_to text[] not null default '{}',
  client_ip text,
  received_at timestamptz not null,
  primary key (tenant_id, message_id, no),
  foreign key (tenant_id, message_id) references messages (tenant_id, id)
);
${tenantTable('message_deliveries', ['select', 'insert'])}

create table imports (${resource}
  format text not null check (format in ('mbox', 'zip')),
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
  source text,
  size_bytes integer not null,
  total integer,
  done integer not null default 0,
  accepted integer not null default 0,
  duplicates integer not null default 0,
  refused integer not null default 0,
  -- The first that were refused: { at, name, reason }.
  refusals jsonb not null default '[]',
  failure text,
  caller jsonb not null,
  lease uuid,
  leased_until timestamptz,
  attempts smallint not null default 0,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index imports_unfinished on imports (created_at) where status in ('queued', 'running');
${tenantTable('imports', ['select', 'insert', 'update'])}
${systemAccess('imports', ['select', 'update'])}

-- The file until it is worked off, sealed, a piece at a time.
create table import_pieces (
  tenant_id uuid not null,
  import_id uuid not null,
  no integer not null,
  body bytea not null,
  primary key (tenant_id, import_id, no),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
alter table import_pieces alter column body set storage external;
${tenantTable('import_pieces', kept)}
`,
};
