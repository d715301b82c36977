import type { ColumnType, Generated } from 'kysely';
import type { ResourceColumns } from '../resource-columns.ts';
import type { KeptCaller } from '../sources/tables.ts';

export interface Refusal {
  /** The message's place in the file, from 1. */
  at: number;
  name: string | null;
  reason: string;
}

export interface ImportTable extends ResourceColumns {
  format: 'mbox' | 'zip';
  status: Generated<'queued' | 'running' | 'completed' | 'failed'>;
  source: string | null;
  size_bytes: number;
  total: number | null;
  done: Generated<number>;
  accepted: Generated<number>;
  duplicates: Generated<number>;
  refused: Generated<number>;
  refusals: ColumnType<Refusal[], string | undefined, string>;
  failure: string | null;
  caller: ColumnType<KeptCaller, string, never>;
  lease: string | null;
  leased_until: Date | null;
  attempts: Generated<number>;
  finished_at: Date | null;
}

/** Tables of `imports`; part of EmailScanningDb. */
export interface ImportTables {
  imports: ImportTable;
  import_pieces: { tenant_id: string; import_id: string; no: number; body: Buffer };
}
