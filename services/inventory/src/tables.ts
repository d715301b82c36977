import type { MovementType } from '@stockade/contracts/inventory';
import type { ColumnType, Generated } from 'kysely';

interface Resource {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface SiteTable extends Resource {
  code: string;
  name: string;
  time_zone: Generated<string>;
  active: Generated<boolean>;
}

export interface LocationTable extends Resource {
  site_id: string;
  code: string;
  name: string;
  active: Generated<boolean>;
}

/** One of `unit` is numerator / denominator of the item's own unit. */
export interface Conversion {
  unit: string;
  numerator: string;
  denominator: string;
}

export interface ItemTable extends Resource {
  sku: string;
  name: string;
  unit: 'each' | 'kg' | 'g' | 'l' | 'm' | 'm2' | 'box' | 'pallet';
  description: string | null;
  barcode: string | null;
  reorder_point: string | null;
  reorder_quantity: string | null;
  allow_negative: Generated<boolean>;
  lot_tracked: Generated<boolean>;
  conversions: ColumnType<Conversion[], string | undefined, string>;
  active: Generated<boolean>;
}

export interface LotTable extends Resource {
  item_id: string;
  code: string;
  expires_at: Date | null;
}

export interface Actor {
  type: string;
  id: string;
  name: string;
}

export interface MovementTable {
  tenant_id: string;
  id: string;
  sequence: Generated<string>;
  type: MovementType;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  quantity: string;
  to_site_id: string | null;
  to_location_id: string | null;
  reason: string | null;
  reference: string | null;
  occurred_at: Date;
  recorded_at: Generated<Date>;
  actor: ColumnType<Actor, string, never>;
  reverses_id: string | null;
  source: string | null;
  leg: 'out' | 'in' | 'back' | null;
  entered_quantity: string | null;
  entered_unit: string | null;
}

export interface Place {
  item_id: string;
  site_id: string;
  location_id: string;
  lot_id: string;
}

export interface ReorderRuleTable extends Resource {
  item_id: string;
  site_id: string;
  reorder_point: string;
  reorder_quantity: string;
  active: Generated<boolean>;
}

export interface ReservationTable extends Resource {
  item_id: string;
  site_id: string;
  quantity: string;
  consumed: Generated<string>;
  status: Generated<'open' | 'consumed' | 'released' | 'expired'>;
  reference: string | null;
  expires_at: Date | null;
}

export interface TransferTable extends Resource {
  from_site_id: string;
  to_site_id: string;
  status: Generated<'draft' | 'in_transit' | 'received' | 'cancelled'>;
  reference: string | null;
  dispatched_at: Date | null;
}

export interface TransferLineTable {
  tenant_id: string;
  id: string;
  transfer_id: string;
  no: number;
  item_id: string;
  lot_id: string | null;
  from_location_id: string | null;
  to_location_id: string | null;
  quantity: string;
  dispatched: Generated<string>;
  received: Generated<string>;
  lost: Generated<string>;
  returned: Generated<string>;
}

export interface CycleCountTable extends Resource {
  site_id: string;
  location_id: string | null;
  item_ids: string[] | null;
  status: Generated<'draft' | 'counting' | 'submitted' | 'approved' | 'rejected'>;
  reference: string | null;
  counter_id: string;
  counters: string[];
  round: Generated<number>;
  started_at: Date | null;
  submitted_at: Date | null;
  decided_by: ColumnType<Actor | null, string | undefined, string>;
  decided_by_person: string | null;
  decided_at: Date | null;
  reason: string | null;
}

export interface CycleCountLineTable extends Place {
  tenant_id: string;
  id: string;
  cycle_count_id: string;
  open: Generated<boolean>;
  to_count: Generated<boolean>;
  counted: string | null;
  counted_at: Date | null;
  position: string | null;
  expected: string | null;
  movement_id: string | null;
}

export interface BomTable extends Resource {
  item_id: string;
  quantity: string;
  active: Generated<boolean>;
}

export interface ProductionOrderTable extends Resource {
  item_id: string;
  bom_id: string;
  site_id: string;
  status: Generated<'draft' | 'released' | 'completed' | 'cancelled'>;
  quantity: string;
  produced: Generated<string>;
  reference: string | null;
  completed_at: Date | null;
}

/** What is done in the background, by whichever process holds its lease. */
interface Job extends Resource {
  status: Generated<'queued' | 'running' | 'completed' | 'failed'>;
  failure: string | null;
  caller: ColumnType<JobCaller, string, never>;
  /** Of the process that works on it; what it commits says so. */
  lease: string | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  finished_at: Date | null;
}

/** Whom a job works for: audit entries name them. */
export interface JobCaller {
  actor: Actor;
  personId: string | null;
  requestId: string | null;
  traceparent: string | null;
  ip: string | null;
}

export interface RowError {
  line: number;
  column: string | null;
  message: string;
}

export interface ImportTable extends Job {
  kind: 'items' | 'locations' | 'movements';
  mode: 'all' | 'valid';
  content: Buffer | null;
  total_rows: Generated<number>;
  processed_rows: Generated<number>;
  applied_rows: Generated<number>;
  bad_rows: Generated<number>;
  errors: ColumnType<RowError[], string | undefined, string>;
}

export interface ExportFilters {
  itemId?: string;
  siteId?: string;
  from?: string;
  to?: string;
}

export interface ExportTable extends Job {
  kind: 'items' | 'balances' | 'movements';
  filters: ColumnType<ExportFilters, string, never>;
  total_rows: Generated<number>;
  written_rows: Generated<number>;
  cursor: string | null;
  expires_at: Date;
}

export interface InventoryDb {
  sites: SiteTable;
  locations: LocationTable;
  items: ItemTable;
  lots: LotTable;
  movements: MovementTable;
  balances: Place & {
    tenant_id: string;
    id: string;
    on_hand: Generated<string>;
    reserved: Generated<string>;
    position: Generated<string>;
    location_ref: string | null;
    lot_ref: string | null;
    allow_negative: boolean;
    updated_at: Generated<Date>;
  };
  ledger_entries: {
    tenant_id: string;
    balance_id: string;
    position: string;
    movement_id: string;
    line: number;
    quantity: string;
    on_hand: string;
    occurred_at: Date;
    recorded_at: Date;
  };
  movement_counts: {
    tenant_id: string;
    site_id: string;
    day: string;
    type: MovementType;
    shard: number;
    movements: string;
  };
  last_receipts: {
    tenant_id: string;
    item_id: string;
    movement_id: string;
    site_id: string;
    quantity: string;
    received_at: Date;
  };
  reorder_rules: ReorderRuleTable;
  reorder_checks: { tenant_id: string; id: string; item_id: string; at: Generated<Date> };
  reorder_states: {
    tenant_id: string;
    id: string;
    item_id: string;
    site_id: string;
    low: boolean;
    version: Generated<number>;
    available: string;
    reorder_point: string;
    since: Generated<Date>;
  };
  reservations: ReservationTable;
  reservation_allocations: {
    tenant_id: string;
    reservation_id: string;
    balance_id: string;
    quantity: string;
  };
  transfers: TransferTable;
  transfer_lines: TransferLineTable;
  cycle_counts: CycleCountTable;
  cycle_count_lines: CycleCountLineTable;
  boms: BomTable;
  bom_lines: { tenant_id: string; bom_id: string; no: number; item_id: string; quantity: string };
  production_orders: ProductionOrderTable;
  production_lines: {
    tenant_id: string;
    id: string;
    production_order_id: string;
    no: number;
    item_id: string;
    required: string;
    consumed: Generated<string>;
    consumptions: Generated<number>;
  };
  incoming_orders: { tenant_id: string; id: string; version: number; site_id: string; open: boolean };
  imports: ImportTable;
  expiring_stock: {
    tenant_id: string;
    balance_id: string;
    lot_id: string;
    item_id: string;
    site_id: string;
    expires_at: Date;
  };
  exports: ExportTable;
  export_chunks: { tenant_id: string; export_id: string; no: number; content: string };
}
