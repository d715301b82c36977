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
}

export interface Place {
  item_id: string;
  site_id: string;
  location_id: string;
  lot_id: string;
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
    allow_negative: boolean;
    updated_at: Generated<Date>;
  };
  ledger_entries: Place & {
    tenant_id: string;
    movement_id: string;
    line: number;
    quantity: string;
    occurred_at: Date;
  };
}
