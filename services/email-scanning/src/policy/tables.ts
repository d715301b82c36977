import type { Generated } from 'kysely';

export interface PolicyTables {
  policies: {
    tenant_id: string;
    version: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    suspicious_from: Generated<number>;
    malicious_from: Generated<number>;
    disabled_techniques: Generated<string[]>;
    trusted_authserv_ids: Generated<string[]>;
    quarantine_from: Generated<'suspicious' | 'malicious'>;
  };
}
