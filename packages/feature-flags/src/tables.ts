import type { FlagTargeting } from '@stockade/contracts/identity';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string | null, string | null>;

/** What every service that asks for flags keeps of them; identity, whose they are, keeps more. */
export interface FlagTables {
  platform_feature_flags: {
    key: string;
    version: number;
    pinned: string | null;
    by_operator: Json<FlagTargeting | null>;
  };
  feature_flags: {
    tenant_id: string;
    key: string;
    version: number;
    by_operator: Json<FlagTargeting | null>;
    by_tenant: Json<FlagTargeting | null>;
  };
}
