import { type Migration, systemAccess, tenantTable } from '@stockade/database';

const resource = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),`;
const kept = ['select', 'insert', 'update'] as const;
const all = ['select', 'insert', 'update', 'delete'] as const;

const rules = `
create table list_entries (${resource}
  effect text not null check (effect in ('allow', 'block')),
  kind text not null check (kind in ('address', 'domain', 'ip', 'url-host', 'sha256')),
  value text not null,
  note text,
  expires_at timestamptz,
  primary key (tenant_id, id),
  constraint list_entries_value_key unique (tenant_id, kind, value)
);
create index list_entries_expiry on list_entries (expires_at) where expires_at is not null;
${tenantTable('list_entries', all)}
${systemAccess('list_entries', ['select'])}

create table policies (
  tenant_id uuid primary key,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  suspicious_from integer not null default 40,
  malicious_from integer not null default 75,
  disabled_techniques text[] not null default '{}',
  trusted_authserv_ids text[] not null default '{}',
  quarantine_from text not null default 'malicious' check (quarantine_from in ('suspicious', 'malicious')),
  constraint policies_in_order check (suspicious_from < malicious_from)
);
${tenantTable('policies', kept)}
`;

/** `words` and `structure`: the message as the classifier sees it, kept so that a changed mind needs no second parsing. */
const feedback = `
create table feedback (${resource}
  message_id uuid not null,
  person_id uuid not null,
  verdict text not null check (verdict in ('clean', 'suspicious', 'malicious')),
  reason text,
  words integer[],
  structure integer[],
  primary key (tenant_id, id),
  constraint feedback_person_key unique (tenant_id, message_id, person_id),
  foreign key (tenant_id, message_id) references messages (tenant_id, id)
);
create index feedback_latest on feedback (tenant_id, updated_at desc, id desc) where verdict <> 'suspicious';
${tenantTable('feedback', all)}

-- revision counts the changes of what people said; the weights are made of what was said at learned_revision.
create table adaptations (
  tenant_id uuid primary key,
  bias double precision not null default 0,
  weights jsonb not null default '{}',
  revision integer not null default 0,
  learned_revision integer not null default 0
);
create index adaptations_stale on adaptations (tenant_id) where learned_revision < revision;
${tenantTable('adaptations', kept)}
${systemAccess('adaptations', ['select'])}
`;

/**
 * An indicator is a hash of its kind and value: what a mail refers to is hashed in the same way, so that both looking up and
 * finding old mails is done in an index alone. A refresh writes what is new with the generation after the current one, where
 * nobody sees it, and switches by one change of the feed's row.
 */
const feedTables = `
create table feeds (${resource}
  name text not null,
  format text not null check (format in ('urlhaus-csv', 'url-list', 'domain-list', 'sha256-list', 'ip-list')),
  url text,
  interval_minutes integer not null,
  active boolean not null,
  generation integer not null default 0,
  generation_at timestamptz,
  rescanned_generation integer not null default 0,
  indicators integer not null default 0,
  etag text,
  last_modified text,
  accept_shrink boolean not null default false,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  failures integer not null default 0,
  next_refresh_at timestamptz,
  lease uuid,
  leased_until timestamptz,
  primary key (tenant_id, id),
  constraint feeds_name_key unique (tenant_id, name)
);
create index feeds_due on feeds (next_refresh_at) where next_refresh_at is not null;
create index feeds_to_rescan on feeds (generation_at) where rescanned_generation < generation;
${tenantTable('feeds', all)}
${systemAccess('feeds', ['select', 'update'])}

create table feed_uploads (
  tenant_id uuid not null,
  feed_id uuid not null,
  id uuid not null,
  content bytea not null,
  primary key (tenant_id, feed_id),
  foreign key (tenant_id, feed_id) references feeds (tenant_id, id)
);
alter table feed_uploads alter column content set storage external;
${tenantTable('feed_uploads', all)}

create table indicators (
  tenant_id uuid not null,
  hash bigint not null,
  feed_id uuid not null,
  added_in integer not null,
  primary key (tenant_id, hash, feed_id) include (added_in)
);
create index indicators_feed on indicators (tenant_id, feed_id, added_in);
${tenantTable('indicators', ['select', 'insert', 'delete'])}
`;

/** Days are dropped, not deleted. The default partition takes what has a day of its own no more, or not yet. */
const rescanTables = `
create table message_references (
  tenant_id uuid not null,
  hash bigint not null,
  message_id uuid not null,
  day date not null,
  primary key (tenant_id, hash, message_id, day)
) partition by range (day);
create table message_references_default partition of message_references default;
${tenantTable('message_references', ['select', 'insert'])}
${systemAccess('message_references', ['select', 'delete'])}

create function roll_message_references(days_before integer, days_ahead integer) returns void
language plpgsql security definer set search_path from current as $$
declare
  day date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.message_references', 0));
  for day in select generate_series(current_date - 1, current_date + days_ahead, interval '1 day')::date loop
    begin
      execute format('create table if not exists %I partition of message_references for values from (%L) to (%L)',
        'message_references_' || to_char(day, 'YYYYMMDD'), day, day + 1);
    exception when check_violation then
      -- References of that day are in the default partition already; they are found there as well.
      null;
    end;
  end loop;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'message_references'::regclass and c.relname ~ '^message_references_[0-9]{8}$'
      and c.relname < 'message_references_' || to_char(current_date - days_before, 'YYYYMMDD')
  loop
    execute format('drop table %I', partition);
  end loop;
end $$;
revoke execute on function roll_message_references(integer, integer) from public;
grant execute on function roll_message_references(integer, integer) to :system;
select roll_message_references(30, 7);

create table pending_rescans (
  tenant_id uuid not null,
  message_id uuid not null,
  requested_at timestamptz not null default now(),
  primary key (tenant_id, message_id)
);
${tenantTable('pending_rescans', all)}
${systemAccess('pending_rescans', ['select'])}
`;

/** What a tenant's people rule, teach and subscribe to; and by what old mail is found again. */
export const feeds: Migration = {
  name: '0004-feeds',
  sql: [rules, feedback, feedTables, rescanTables].join('\n'),
};
