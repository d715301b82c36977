import { type Migration, systemAccess, tenantTable } from '@stockade/database';

/** Tables of which a tenant's knowledge is made, the same for all its mails. */
const known = [
  ...['suppliers', 'bank_accounts', 'users', 'tenants'],
  ...['list_entries', 'policies', 'adaptations'],
];

/**
 * What earlier mail taught: who wrote before, and which messages there were. And the version of what the tenant knows:
 * it moves with every change of these tables, so that what was loaded and compiled once is used until then.
 */
export const history: Migration = {
  name: '0005-history',
  sql: `
create table knowledge_versions (
  tenant_id uuid primary key,
  version bigint not null
);
${tenantTable('knowledge_versions', ['select', 'insert', 'update'])}

create function note_knowledge_change() returns trigger language plpgsql as $$
begin
  insert into knowledge_versions as k (tenant_id, version)
  values (nullif(current_setting('app.tenant_id', true), '')::uuid, 1)
  on conflict (tenant_id) do update set version = k.version + 1;
  return null;
end $$;
${known
  .map(
    (table) => `create trigger knowledge_changed after insert or update or delete on ${table}
for each statement execute function note_knowledge_change();`,
  )
  .join('\n')}

alter table messages add column message_id_hash bytea;
create index messages_message_id on messages (tenant_id, message_id_hash) where message_id_hash is not null;

-- What waits for its verdict, and nothing else: small, and counted again and again.
create index messages_waiting on messages (tenant_id) where status <> 'scanned';
create policy waiting_for_system on messages for select to :system using (status <> 'scanned');
grant select (tenant_id, status) on messages to :system;

create table sent_messages (
  tenant_id uuid not null,
  message_id_hash bytea not null,
  purchase_order_id uuid not null,
  supplier_id uuid not null,
  sent_at timestamptz not null,
  primary key (tenant_id, message_id_hash)
);
${tenantTable('sent_messages', ['select', 'insert'])}

create table senders (
  tenant_id uuid not null,
  kind text not null check (kind in ('address', 'domain')),
  value text not null,
  clean_messages integer not null,
  last_seen_on date not null,
  primary key (tenant_id, kind, value)
);
create index senders_last_seen on senders (last_seen_on);
${tenantTable('senders', ['select', 'insert', 'update'])}
${systemAccess('senders', ['select', 'delete'])}
`,
};
