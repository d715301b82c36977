import type { Role, Scope, TenantMode } from '@stockade/contracts';
import type { FlagTargeting } from '@stockade/contracts/identity';
import type { ColumnType, Generated } from 'kysely';

interface Resource {
  tenant_id: string;
  id: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface TenantTable extends Resource {
  name: string;
  status: Generated<'active' | 'suspended'>;
  mail_domains: Generated<string[]>;
  plan_factor: Generated<number>;
  /** For ever: keys say by their prefix which one they are of. */
  mode: Generated<TenantMode>;
}

export interface UserTable extends Resource {
  email: string;
  name: string;
  role: Role;
  status: 'active' | 'invited' | 'disabled';
  password_hash: string | null;
}

export interface ApiKeyTable extends Resource {
  name: string;
  prefix: string;
  key_hash: Buffer;
  scopes: Scope[];
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
  /** The key that took its place; until `expires_at` both are good. */
  replaced_by: Generated<string | null>;
  created_by: string;
}

type Targeting = ColumnType<FlagTargeting | null, string | null, string | null>;

interface FlagRow {
  key: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  by_operator: Targeting;
}

export interface FeatureFlagTables {
  /** The rollout of each flag; without a row the code's default holds. */
  platform_feature_flags: FlagRow & { pinned: string | null };
  feature_flags: FlagRow & { tenant_id: string; by_tenant: Targeting };
  feature_flag_usage: {
    key: string;
    service: string;
    evaluations: string;
    last_evaluated_at: Date;
  };
}

export interface IdentityDb extends FeatureFlagTables {
  tenants: TenantTable;
  users: UserTable;
  api_keys: ApiKeyTable;
  sessions: {
    tenant_id: string;
    id: string;
    user_id: string;
    token_hash: Buffer;
    created_at: Generated<Date>;
    last_seen_at: Generated<Date>;
    expires_at: Date;
    ended_at: Date | null;
  };
}
