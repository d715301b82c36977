import type { ColumnType, Generated } from 'kysely';
import type { EntryFilters } from '../entries/filters.ts';

/** Tables of exports; part of AuditDb. */
export interface ExportTables {
  exports: {
    tenant_id: string;
    id: string;
    version: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    format: 'csv' | 'ndjson';
    filters: ColumnType<EntryFilters, string, never>;
    since: string | null;
    status: Generated<'queued' | 'running' | 'completed' | 'failed'>;
    log_size: string | null;
    position: Generated<string>;
    covered: Generated<string>;
    exported: Generated<string>;
    size_bytes: Generated<string>;
    failure: string | null;
    lease: string | null;
    leased_until: Date | null;
    attempts: Generated<number>;
    finished_at: Date | null;
    expires_at: Date;
  };
  export_chunks: { tenant_id: string; export_id: string; no: number; content: string };
}
