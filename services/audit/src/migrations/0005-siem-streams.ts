import { type Migration, tenantTable } from '@stockade/database';

/** Which key a value was sealed with: bytes two to nine. The background job looks for those of other keys. */
const keyIndex = (column: string) =>
  `create index siem_streams_${column}_key on siem_streams (substring(${column} from 2 for 8)) where ${column} is not null;`;

/** Where entries are sent, and how far they have been received. */
export const siemStreams: Migration = {
  name: '0005-siem-streams',
  sql: `
-- batch_id, batch_end: the batch that is under way; until it is received it is sent again as it was.
-- While lease is set, somebody is at work on it until next_attempt_at; after that it is anybody's again.
create table siem_streams (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text not null,
  url text not null,
  actions text[] not null default '{}',
  paused_by text check (paused_by in ('person', 'failure')),
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  delivered bigint not null check (delivered >= 0),
  batch_id uuid,
  batch_end bigint check (batch_end > delivered),
  failures integer not null default 0,
  failing_since timestamptz,
  last_error text,
  last_success_at timestamptz,
  next_attempt_at timestamptz not null default now(),
  lease uuid,
  primary key (tenant_id, id),
  constraint siem_streams_name_key unique (tenant_id, name),
  constraint siem_streams_previous_secret check ((previous_secret is null) = (previous_secret_until is null)),
  constraint siem_streams_batch check ((batch_id is null) = (batch_end is null)),
  constraint siem_streams_failing check ((failures = 0) = (failing_since is null))
);
create index siem_streams_due on siem_streams (next_attempt_at) where paused_by is null;
${tenantTable('siem_streams', ['select', 'insert', 'update', 'delete'])}
-- What is due is looked for across tenants; where it goes is not.
create policy system_access on siem_streams to :system using (true);
grant select (tenant_id, id, paused_by, delivered, next_attempt_at, lease, secret, previous_secret), update (next_attempt_at, lease)
  on siem_streams to :system;
${keyIndex('secret')}
${keyIndex('previous_secret')}
`,
};
