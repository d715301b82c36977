import { type Migration, tenantTable } from '@stockade/database';

/** The raw body stands apart: lists and verdicts never touch it. */
export const messages: Migration = {
  name: '0001-messages',
  sql: `
create table messages (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  status text not null default 'queued' check (status in ('queued', 'scanning', 'scanned', 'failed')),
  verdict text check (verdict in ('clean', 'suspicious', 'malicious')),
  score integer check (score between 0 and 100),
  disposition text check (disposition in ('delivered', 'quarantined', 'released', 'deleted')),
  sha256 text not null,
  size_bytes integer not null,
  source text,
  envelope_from text,
  envelope_to text[] not null default '{}',
  client_ip text,
  from_address text,
  to_addresses text[] not null default '{}',
  subject text,
  findings jsonb not null default '[]',
  supplier_id uuid,
  purchase_order_ids uuid[] not null default '{}',
  received_at timestamptz not null,
  scanned_at timestamptz,
  primary key (tenant_id, id),
  constraint messages_sha256_key unique (tenant_id, sha256),
  constraint messages_scanned_has_verdict check ((status = 'scanned') = (verdict is not null and score is not null and disposition is not null and scanned_at is not null))
);
create index messages_verdict on messages (tenant_id, verdict, id desc);
create index messages_supplier on messages (tenant_id, supplier_id, id desc) where supplier_id is not null;
${tenantTable('messages', ['select', 'insert', 'update'])}

create table raw_messages (
  tenant_id uuid not null,
  message_id uuid not null,
  codec text not null,
  body bytea not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, message_id) references messages (tenant_id, id)
);
alter table raw_messages alter column body set storage external;
${tenantTable('raw_messages', ['select', 'insert'])}
`,
};
