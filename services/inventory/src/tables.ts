import type { MovementType, Unit } from '@stockade/contracts/inventory';
import type { MessagingTables } from '@stockade/messaging';
import type { Generated, GeneratedAlways } from 'kysely';

/** What every resource's row has. `updated_at` and `version` are moved on by each change. */
interface ResourceTable {
  tenant_id: string;
  id: string;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  version: Generated<number>;
}

export interface SiteTable extends ResourceTable {
  code: string;
  name: string;
  time_zone: string;
  active: Generated<boolean>;
}

export interface LocationTable extends ResourceTable {
  site_id: string;
  code: string;
  name: string | null;
  active: Generated<boolean>;
}

/** Quantities are numeric(20,6), in and out as text. */
export interface ItemTable extends ResourceTable {
  sku: string;
  name: string;
  unit: Unit;
  description: string | null;
  barcode: string | null;
  reorder_point: string | null;
  reorder_quantity: string | null;
  allow_negative: boolean;
  lot_tracked: boolean;
  active: Generated<boolean>;
}

export interface LotTable extends ResourceTable {
  item_id: string;
  code: string;
  expires_at: Date | null;
}

export interface MovementTable {
  tenant_id: string;
  id: string;
  sequence: GeneratedAlways<string>;
  type: MovementType;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  to_site_id: string | null;
  to_location_id: string | null;
  quantity: string;
  reason: string | null;
  reference: string | null;
  occurred_at: Date;
  recorded_at: Date;
  actor_type: string;
  actor_id: string;
  actor_name: string;
  reverses_id: string | null;
  receipt_id: string | null;
  receipt_line_id: string | null;
}

export interface LedgerEntryTable {
  tenant_id: string;
  movement_id: string;
  line: number;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  quantity: string;
}

export interface BalanceTable {
  tenant_id: string;
  id: string;
  item_id: string;
  site_id: string;
  location_id: string | null;
  lot_id: string | null;
  location_key: GeneratedAlways<string>;
  lot_key: GeneratedAlways<string>;
  on_hand: Generated<string>;
  reserved: Generated<string>;
  allow_negative: boolean;
  updated_at: Generated<Date>;
  version: Generated<number>;
}

export interface InventoryDb extends MessagingTables {
  sites: SiteTable;
  locations: LocationTable;
  items: ItemTable;
  lots: LotTable;
  movements: MovementTable;
  ledger_entries: LedgerEntryTable;
  balances: BalanceTable;
}
