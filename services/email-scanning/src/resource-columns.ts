import type { Generated } from 'kysely';

/** What every resource's table begins with. */
export interface ResourceColumns {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}
