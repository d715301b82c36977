import { type Migration, systemAccess, tenantTable } from '@stockade/database';
import { kept, resource } from './columns.ts';

export const reservationsAndTransfers: Migration = {
  name: '0006-reservations-and-transfers',
  sql: `
create table reservations (${resource}
  item_id uuid not null,
  site_id uuid not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  consumed numeric(20, 6) not null default 0 check (consumed >= 0 and consumed <= quantity),
  status text not null default 'open' check (status in ('open', 'consumed', 'released', 'expired')),
  reference text,
  expires_at timestamptz,
  primary key (tenant_id, id)
);
create index reservations_item on reservations (tenant_id, item_id, id desc);
create index reservations_open on reservations (tenant_id, id desc) where status = 'open';
create index reservations_expiring on reservations (expires_at) where status = 'open' and expires_at is not null;
${tenantTable('reservations', kept)}
${systemAccess('reservations', ['select'])}

-- What of which balance is held by a reservation; the balance's reserved is their sum.
create table reservation_allocations (
  tenant_id uuid not null,
  reservation_id uuid not null,
  balance_id uuid not null,
  quantity numeric(20, 6) not null check (quantity >= 0),
  primary key (tenant_id, reservation_id, balance_id),
  constraint reservation_allocations_reservation_fkey foreign key (tenant_id, reservation_id) references reservations (tenant_id, id),
  constraint reservation_allocations_balance_fkey foreign key (tenant_id, balance_id) references balances (tenant_id, id)
);
create index reservation_allocations_balance on reservation_allocations (tenant_id, balance_id) where quantity > 0;
${tenantTable('reservation_allocations', kept)}

create table transfers (${resource}
  from_site_id uuid not null,
  to_site_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'in_transit', 'received', 'cancelled')),
  reference text,
  dispatched_at timestamptz,
  primary key (tenant_id, id),
  constraint transfers_from_site_fkey foreign key (tenant_id, from_site_id) references sites (tenant_id, id),
  constraint transfers_to_site_fkey foreign key (tenant_id, to_site_id) references sites (tenant_id, id),
  check (from_site_id <> to_site_id)
);
create index transfers_open on transfers (tenant_id, id desc) where status in ('draft', 'in_transit');
${tenantTable('transfers', kept)}

create table transfer_lines (
  tenant_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  no smallint not null,
  item_id uuid not null,
  lot_id uuid,
  from_location_id uuid,
  to_location_id uuid,
  quantity numeric(20, 6) not null check (quantity > 0),
  dispatched numeric(20, 6) not null default 0,
  received numeric(20, 6) not null default 0 check (received >= 0),
  lost numeric(20, 6) not null default 0 check (lost >= 0),
  returned numeric(20, 6) not null default 0 check (returned >= 0),
  primary key (tenant_id, id),
  unique (tenant_id, transfer_id, no),
  foreign key (tenant_id, transfer_id) references transfers (tenant_id, id),
  constraint transfer_lines_whole check (dispatched in (0, quantity) and received + lost + returned <= dispatched)
);
${tenantTable('transfer_lines', kept)}
`,
};
