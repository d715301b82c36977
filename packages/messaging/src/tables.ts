import type { Generated } from 'kysely';

/** The tables that messaging keeps in every service's schema. */
export interface MessagingTables {
  outbox: {
    tenant_id: string;
    id: string;
    seq: Generated<string>;
    type: string;
    aggregate_id: string;
    aggregate_version: number;
    payload: unknown;
    created_at: Generated<Date>;
    published_at: Date | null;
  };
  inbox: {
    tenant_id: string;
    event_id: string;
    queue: string;
    occurred_on: string;
    consumed_at: Generated<Date>;
  };
  delivery_failures: {
    tenant_id: string;
    queue: string;
    event_id: string;
    failures: number;
    last_error: string;
    updated_at: Generated<Date>;
  };
  dead_letters: {
    tenant_id: string;
    queue: string;
    id: string;
    type: string;
    event: unknown;
    reason: string;
    failures: number;
    failed_at: Generated<Date>;
    status: Generated<'dead' | 'replayed' | 'discarded'>;
    resolved_at: Date | null;
    resolved_by: string | null;
    note: string | null;
    mirrored_at: Date | null;
  };
  relay_state: { only_row: Generated<boolean>; kind: string; marker: string; run_id: string };
}
