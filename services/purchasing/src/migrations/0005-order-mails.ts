import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

export const orderMails: Migration = {
  name: '0005-order-mails',
  sql: `
-- Who changed a draft is one of its makers: approvers are compared with them too. A draft's lines are replaced.
alter table purchase_orders add column changed_by_persons uuid[] not null default '{}';
grant delete on purchase_order_lines to :app;

-- All that is sent, rendered once: every attempt at a mail is made with the same bytes.
-- While lease is set, somebody is at work on it until next_attempt_at; after that it is anybody's again.
create table order_mails (${resource}
  purchase_order_id uuid not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  sender jsonb not null,
  recipients jsonb not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  pdf_name text not null,
  pdf bytea not null constraint order_mails_pdf_size check (octet_length(pdf) <= 4194304),
  requested_by jsonb not null,
  rounds integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease uuid,
  note text,
  provider text,
  provider_id text,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
  check ((status = 'sent') = (sent_at is not null)),
  check (status <> 'sent' or provider is not null),
  check (status <> 'failed' or note is not null)
);
create unique index order_mails_one_waiting on order_mails (tenant_id, purchase_order_id) where status = 'queued';
create index order_mails_order on order_mails (tenant_id, purchase_order_id, id desc);
create index order_mails_due on order_mails (next_attempt_at) where status = 'queued';
${tenantTable('order_mails', ['select', 'insert', 'update'])}
-- What is due is looked for across tenants; what it says is not.
create policy system_access on order_mails to :system using (true);
grant select (tenant_id, id, status, next_attempt_at) on order_mails to :system;

create table order_mail_attempts (
  tenant_id uuid not null,
  id uuid not null,
  mail_id uuid not null,
  provider text not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  outcome text not null check (outcome in ('accepted', 'temporary', 'permanent', 'misconfigured', 'skipped')),
  detail text,
  primary key (tenant_id, id),
  foreign key (tenant_id, mail_id) references order_mails (tenant_id, id)
);
create index order_mail_attempts_mail on order_mail_attempts (tenant_id, mail_id, id desc);
${tenantTable('order_mail_attempts', ['select', 'insert'])}
`,
};
