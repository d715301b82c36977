import type { OrderStatus } from '@stockade/contracts/purchasing';
import type { ColumnType, Generated } from 'kysely';

/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

export interface Actor {
  type: string;
  id: string;
  name: string;
}

interface Resource {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface SupplierTable extends Resource {
  code: string;
  name: string;
  mail_domains: string[];
  contacts: Json<{ name: string; email: string }[]>;
  currency: string | null;
  active: Generated<boolean>;
}

export interface BankAccountTable extends Resource {
  supplier_id: string;
  holder: string;
  iban: string | null;
  routing_number: string | null;
  account_number: string | null;
  bic: string | null;
  currency: string | null;
  status: Generated<'proposed' | 'verified' | 'rejected' | 'superseded'>;
  proposed_by: Json<Actor>;
  proposed_by_person: string;
  decided_by: ColumnType<Actor | null, undefined, string>;
  decided_by_person: ColumnType<string | null, undefined, string>;
  decided_at: ColumnType<Date | null, undefined, Date>;
}

export interface PurchaseOrderTable extends Resource {
  number: string;
  supplier_id: string;
  site_id: string;
  currency: string;
  status: Generated<OrderStatus>;
  total: string;
  expected_at: Date | null;
  created_by: Json<Actor>;
  created_by_person: string;
}

export interface ReceiptTable extends Resource {
  purchase_order_id: string;
  reference: string | null;
  received_at: Date;
  received_by: Json<Actor>;
  stock_posting: Generated<'pending' | 'posted'>;
}

export interface PaymentHoldTable extends Resource {
  purchase_order_id: string;
  supplier_id: string;
  reason: string;
  status: Generated<'open' | 'released'>;
  released_by: ColumnType<Actor | null, undefined, string>;
  released_at: ColumnType<Date | null, undefined, Date>;
  release_reason: ColumnType<string | null, undefined, string>;
}

export interface PurchasingDb {
  suppliers: SupplierTable;
  bank_accounts: BankAccountTable;
  purchase_orders: PurchaseOrderTable;
  purchase_order_lines: {
    tenant_id: string;
    id: string;
    purchase_order_id: string;
    position: number;
    item_id: string;
    quantity: string;
    unit_price: string;
    receivable: string;
    received: Generated<string>;
  };
  order_approvals: {
    tenant_id: string;
    purchase_order_id: string;
    person_id: string;
    by: Json<Actor>;
    at: Date;
  };
  order_counters: { tenant_id: string; year: number; last: number };
  settings: {
    tenant_id: string;
    approval_threshold: Generated<string>;
    receipt_tolerance: Generated<string>;
  };
  items: {
    tenant_id: string;
    id: string;
    version: number;
    sku: string;
    name: string;
    unit: string;
    active: boolean;
  };
  sites: { tenant_id: string; id: string; version: number; code: string; name: string; active: boolean };
  receipts: ReceiptTable;
  receipt_lines: {
    tenant_id: string;
    id: string;
    receipt_id: string;
    order_line_id: string;
    quantity: string;
    lot_id: string | null;
    movement_id: string | null;
    held_reason: string | null;
  };
  payment_holds: PaymentHoldTable;
  payment_hold_evidence: {
    tenant_id: string;
    hold_id: string;
    message_id: string;
    reason: string;
    score: number;
    findings: Json<{ technique: string; explanation: string }[]>;
    at: Date;
  };
}
