import type { Caller } from '@stockade/messaging';
import type { ColumnType, Generated } from 'kysely';
import type { ResourceColumns } from '../resource-columns.ts';

/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

export interface SourceSettings {
  /** smtp: CIDRs of who may send; everybody when empty. */
  networks?: string[];
  host?: string;
  port?: number;
  tls?: 'implicit' | 'starttls' | 'none';
  user?: string;
  mailbox?: string;
  format?: 'raw' | 'json';
}

export interface SourceTable extends ResourceColumns {
  kind: 'smtp' | 'imap' | 'webhook';
  name: string;
  active: boolean;
  settings: Json<SourceSettings>;
  secret: Buffer | null;
  /** A webhook's secret before, and until when it is good. */
  previous_secret: ColumnType<Buffer | null, undefined, Buffer | null>;
  previous_secret_until: ColumnType<Date | null, undefined, Date | null>;
}

export interface RefusedMessage {
  at: string;
  what: string;
  reason: string;
}

export interface SourceStateTable {
  tenant_id: string;
  source_id: string;
  last_message_at: Date | null;
  last_error: string | null;
  last_error_at: Date | null;
  failures: Generated<number>;
  refused: ColumnType<RefusedMessage[], string | undefined, string>;
  /** int8: text in rows, as it may be larger than a number holds. */
  uid_validity: string | null;
  last_uid: ColumnType<string, string | undefined, string>;
  lease: string | null;
  leased_until: Date | null;
  next_poll_at: Generated<Date>;
}

/** Tables of `sources`; part of EmailScanningDb. */
export interface SourceTables {
  sources: SourceTable;
  source_states: SourceStateTable;
  source_recipients: { tenant_id: string; source_id: string; domain: string; local_part: string };
  webhook_signatures: { tenant_id: string; source_id: string; signature: Buffer; expires_at: Date };
  message_deliveries: {
    tenant_id: string;
    message_id: string;
    no: number;
    source_id: string | null;
    source: string | null;
    envelope_from: string | null;
    envelope_to: string[];
    client_ip: string | null;
    received_at: Date;
  };
}

/** Whom a job works for, as it is kept. */
export type KeptCaller = Pick<Caller, 'actor' | 'personId' | 'requestId' | 'traceparent' | 'ip'>;
