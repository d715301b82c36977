import type {
  InvoiceMatch,
  InvoiceStatus,
  MailAttemptOutcome,
  OrderMailStatus,
  OrderStatus,
} from '@stockade/contracts/purchasing';
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
  /** The bank details; null in rows from before, which have them in plain. */
  sealed: Buffer | null;
  holder: ColumnType<string | null, undefined>;
  iban: ColumnType<string | null, undefined>;
  routing_number: ColumnType<string | null, undefined>;
  account_number: ColumnType<string | null, undefined>;
  bic: ColumnType<string | null, undefined>;
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
  changed_by_persons: Generated<string[]>;
}

export interface OrderMailTable extends Resource {
  purchase_order_id: string;
  status: Generated<OrderMailStatus>;
  sender: Json<{ name: string; email: string }>;
  recipients: Json<{ name?: string; email: string }[]>;
  subject: string;
  body_text: string;
  body_html: string;
  pdf_name: string;
  pdf: Buffer;
  requested_by: Json<Actor>;
  rounds: Generated<number>;
  next_attempt_at: Generated<Date>;
  lease: string | null;
  note: string | null;
  provider: string | null;
  provider_id: string | null;
  sent_at: Date | null;
}

export interface ReceiptTable extends Resource {
  purchase_order_id: string;
  reference: string | null;
  received_at: Date;
  received_by: Json<Actor>;
  stock_posting: Generated<'pending' | 'posted'>;
  status: Generated<'received' | 'reversing' | 'reversed'>;
  reversed_by: ColumnType<Actor | null, undefined, string>;
  reversed_at: ColumnType<Date | null, undefined, Date>;
  reversal_reason: ColumnType<string | null, undefined, string | null>;
  reversal_refusal: ColumnType<string | null, undefined, string | null>;
}

export interface ReorderSuggestionTable extends Resource {
  item_id: string;
  /** Nil: in all sites. */
  site_id: string;
  status: Generated<'open' | 'ordered' | 'dismissed' | 'obsolete'>;
  reorder_point: string;
  quantity: string;
  purchase_order_id: string | null;
  decided_by: ColumnType<Actor | null, undefined, string | null>;
  decided_at: Date | null;
  reason: string | null;
}

/** Of an order or of an invoice, never of both. */
export interface PaymentHoldTable extends Resource {
  purchase_order_id: string | null;
  invoice_id: string | null;
  supplier_id: string;
  reason: string;
  status: Generated<'open' | 'released'>;
  placed_by: ColumnType<Actor | null, string | null, never>;
  placed_by_person: string | null;
  released_by: ColumnType<Actor | null, undefined, string>;
  released_by_person: ColumnType<string | null, undefined, string>;
  released_at: ColumnType<Date | null, undefined, Date>;
  release_reason: ColumnType<string | null, undefined, string>;
}

export interface InvoiceTable extends Resource {
  supplier_id: string;
  purchase_order_id: string | null;
  number: string;
  normalized_number: string;
  issued_at: Date;
  currency: string;
  status: InvoiceStatus;
  total: string;
  /** The bank details; null when there are none, or in rows from before, which have them in plain. */
  sealed: Buffer | null;
  iban: ColumnType<string | null, undefined>;
  routing_number: ColumnType<string | null, undefined>;
  account_number: ColumnType<string | null, undefined>;
  bic: ColumnType<string | null, undefined>;
  created_by: Json<Actor>;
  created_by_person: string;
  approved_by: ColumnType<Actor | null, undefined, string>;
  approved_by_person: ColumnType<string | null, undefined, string>;
  approved_at: ColumnType<Date | null, undefined, Date>;
  /** What the approval was decided on. */
  approved_match: ColumnType<InvoiceMatch | null, undefined, string>;
  acceptance_reason: ColumnType<string | null, undefined, string | null>;
}

export interface SettingsTable {
  tenant_id: string;
  approval_threshold: Generated<string>;
  receipt_tolerance: Generated<string>;
  price_tolerance: Generated<string>;
  quantity_tolerance: Generated<string>;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
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
    /** Of receipts that the ledger is asked to take back. */
    going_back: Generated<string>;
    invoiced: Generated<string>;
    invoiceable_slack: Generated<string>;
    accepted_excess: Generated<string>;
  };
  order_approvals: {
    tenant_id: string;
    purchase_order_id: string;
    person_id: string;
    by: Json<Actor>;
    at: Date;
  };
  order_mails: OrderMailTable;
  order_mail_attempts: {
    tenant_id: string;
    id: string;
    mail_id: string;
    provider: string;
    started_at: Date;
    duration_ms: number;
    outcome: MailAttemptOutcome;
    detail: string | null;
  };
  order_counters: { tenant_id: string; year: number; last: number };
  settings: SettingsTable;
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
  stock_levels: { tenant_id: string; item_id: string; site_id: string; version: number; low: boolean };
  reorder_suggestions: ReorderSuggestionTable;
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
  invoices: InvoiceTable;
  invoice_lines: {
    tenant_id: string;
    id: string;
    invoice_id: string;
    position: number;
    order_line_id: string | null;
    description: string | null;
    quantity: string;
    unit_price: string;
    amount: string;
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
