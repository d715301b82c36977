import type { ColumnType, Generated } from 'kysely';

export interface SiemStreamTable {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  name: string;
  url: string;
  actions: string[];
  paused_by: Generated<'person' | 'failure' | null>;
  secret: Buffer;
  previous_secret: Generated<Buffer | null>;
  previous_secret_until: Generated<Date | null>;
  delivered: ColumnType<string, number, number>;
  batch_id: Generated<string | null>;
  batch_end: ColumnType<string | null, number | null | undefined, number | null>;
  failures: Generated<number>;
  failing_since: Generated<Date | null>;
  last_error: Generated<string | null>;
  last_success_at: Generated<Date | null>;
  next_attempt_at: Generated<Date>;
  lease: Generated<string | null>;
}

export interface SiemStreamTables {
  siem_streams: SiemStreamTable;
}
