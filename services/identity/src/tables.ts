import type { Role, Scope, TenantMode } from '@stockade/contracts';
import type { FlagTargeting, SignInMethod } from '@stockade/contracts/identity';
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

export type TokenPurpose = 'password-reset' | 'invitation' | 'email-change';

export interface AccountTokenTable {
  tenant_id: string;
  id: string;
  user_id: string;
  purpose: TokenPurpose;
  /** Where its mail goes; for `email-change` that is the new address. */
  email: string;
  created_at: Generated<Date>;
  expires_at: Date;
  ended_at: Generated<Date | null>;
}

export interface AccountMailTable {
  tenant_id: string;
  id: string;
  user_id: string;
  token_id: string;
  kind: TokenPurpose | 'email-change-notice';
  recipient: string;
  status: Generated<'queued' | 'sent' | 'failed'>;
  created_at: Generated<Date>;
  give_up_at: Date;
  rounds: Generated<number>;
  next_attempt_at: Generated<Date>;
  lease: Generated<string | null>;
  note: Generated<string | null>;
  provider: Generated<string | null>;
  provider_id: Generated<string | null>;
  sent_at: Generated<Date | null>;
}

export interface TotpTable {
  tenant_id: string;
  user_id: string;
  secret: Buffer;
  confirmed_at: Date | null;
  last_step: Generated<number>;
  failures: Generated<number>;
  failing_since: Date | null;
  created_at: Generated<Date>;
}

export interface MfaChallengeTable {
  tenant_id: string;
  user_id: string;
  id: string;
  token_hash: Buffer;
  attempts: Generated<number>;
  expires_at: Date;
}

export interface PasskeyTable extends Resource {
  user_id: string;
  name: string;
  credential_id: string;
  public_key: Buffer;
  /** 32 bits; pg gives a bigint as text. */
  counter: ColumnType<string, number, number>;
  transports: string[];
  backed_up: boolean;
  last_used_at: Date | null;
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
    method: Generated<SignInMethod>;
    user_agent: string | null;
    address: string | null;
  };
  account_tokens: AccountTokenTable;
  account_mails: AccountMailTable;
  password_reset_requests: {
    id: string;
    email: string;
    ip: string | null;
    request_id: string | null;
    traceparent: string | null;
    created_at: Generated<Date>;
  };
  sign_in_failures: {
    account: Buffer;
    device: Buffer;
    tenant_id: string | null;
    user_id: string | null;
    failures: number;
    window_started_at: Generated<Date>;
    blocked_until: Date | null;
    untold: Generated<boolean>;
  };
  totp_credentials: TotpTable;
  recovery_codes: { tenant_id: string; user_id: string; code_hash: Buffer; used_at: Date | null };
  mfa_challenges: MfaChallengeTable;
  passkeys: PasskeyTable;
  passkey_registrations: { tenant_id: string; user_id: string; challenge: string; expires_at: Date };
  passkey_challenges: { challenge: string; expires_at: Date };
}
