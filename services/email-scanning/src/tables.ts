import type { Finding } from '@stockade/contracts/email-scanning';
import type { ColumnType, Generated } from 'kysely';
import type { FeedbackTables } from './feedback/tables.ts';
import type { FeedTables } from './feeds/tables.ts';
import type { HistoryTables } from './history/tables.ts';
import type { ImportTables } from './imports/tables.ts';
import type { ListTables } from './lists/tables.ts';
import type { PolicyTables } from './policy/tables.ts';
import type { SourceTables } from './sources/tables.ts';
import type { StoredRaw } from './storage/raw-store.ts';

/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string | undefined, string>;

export interface MessageTable {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  status: Generated<'queued' | 'scanning' | 'scanned' | 'failed'>;
  verdict: 'clean' | 'suspicious' | 'malicious' | null;
  score: number | null;
  disposition: 'delivered' | 'quarantined' | 'released' | 'deleted' | null;
  sha256: string;
  size_bytes: number;
  source: string | null;
  source_id: Generated<string | null>;
  envelope_from: string | null;
  envelope_to: string[];
  client_ip: string | null;
  from_address: string | null;
  to_addresses: Generated<string[]>;
  subject: string | null;
  findings: Json<Finding[]>;
  supplier_id: string | null;
  purchase_order_ids: Generated<string[]>;
  received_at: Date;
  scanned_at: Date | null;
  message_id_hash: Generated<Buffer | null>;
}

/** One of `body` and `object_name` is there. */
interface RawTable extends StoredRaw {
  tenant_id: string;
}

interface Copy {
  tenant_id: string;
  id: string;
  version: number;
}

export interface EmailScanningDb
  extends HistoryTables,
    SourceTables,
    ImportTables,
    FeedTables,
    ListTables,
    PolicyTables,
    FeedbackTables {
  messages: MessageTable;
  raw_messages: RawTable;
  suppliers: Copy & {
    code: string;
    name: string;
    mail_domains: string[];
    contacts: Json<{ name: string; email: string }[]>;
    active: boolean;
  };
  bank_accounts: Copy & {
    supplier_id: string;
    status: string;
    /** The details; null in rows from before, which have them in plain. */
    sealed: Buffer | null;
    holder: string | null;
    iban: string | null;
    routing_number: string | null;
    account_number: string | null;
    bic: string | null;
  };
  orders: Copy & {
    number: string;
    supplier_id: string;
    site_id: string;
    status: string;
    total: string;
    currency: string;
    on_hold: boolean;
  };
  users: Copy & { email: string; name: string; role: string; active: boolean };
  tenants: Copy & { name: string; mail_domains: string[]; active: boolean };
}
