import type { Generated } from 'kysely';

interface Actor {
  type: string;
  id: string;
  name: string;
}

export interface RetentionTables {
  retention_settings: {
    tenant_id: string;
    read_days: Generated<number>;
    security_event_days: Generated<number>;
    change_days: Generated<number>;
    version: Generated<number>;
    updated_at: Generated<Date>;
  };
  legal_holds: {
    tenant_id: string;
    id: string;
    version: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    reason: string;
    actor_id: string | null;
    target_type: string | null;
    target_id: string | null;
    occurred_from: Date | null;
    occurred_to: Date | null;
    placed_by: Actor;
    released_by: Generated<Actor | null>;
    released_at: Generated<Date | null>;
    release_reason: Generated<string | null>;
  };
}
