import type { Generated } from 'kysely';
import type { ExportTables } from './exports/tables.ts';
import type { RetentionTables } from './retention/tables.ts';
import type { SiemStreamTables } from './siem-streams/tables.ts';

/** bigint columns come as text; sizes stay far below 2^53 and are turned into numbers at once. */
export interface AuditDb extends ExportTables, RetentionTables, SiemStreamTables {
  trees: { tenant_id: string; size: Generated<string>; checkpoint_size: Generated<string> };
  leaves: {
    tenant_id: string;
    sequence: string;
    entry_id: string;
    leaf_hash: Buffer;
    recorded_on: string;
    removed_at: Generated<Date | null>;
  };
  tiles: { tenant_id: string; level: number; index: string; hashes: Buffer };
  entries: {
    tenant_id: string;
    sequence: string;
    recorded_on: string;
    id: string;
    occurred_at: Date;
    actor_id: string;
    action: string;
    target_type: string;
    target_id: string;
    request_id: string | null;
    entry: string;
  };
  entry_words: { tenant_id: string; sequence: string; occurred_at: Date; words: string };
  search_positions: { tenant_id: string; position: Generated<string> };
  checkpoints: {
    tenant_id: string;
    size: string;
    root_hash: Buffer;
    checkpoint: string;
    signed_at: Generated<Date>;
  };
  cosignatures: {
    tenant_id: string;
    size: string;
    witness: string;
    line: string;
    cosigned_at: Generated<Date>;
  };
}
