import { Type } from 'typebox';
import { OneOf } from './scalars.ts';

/** What a caller may be allowed to do; routes name exactly one of them. */
export const scopes = [
  'identity:read',
  'identity:write',
  'inventory:read',
  'inventory:write',
  'inventory:approve',
  'purchasing:read',
  'purchasing:write',
  'purchasing:approve',
  'mail:read',
  'mail:write',
  'mail:approve',
  'audit:read',
  'audit:write',
] as const;
export type Scope = (typeof scopes)[number];
export const Scope = OneOf(scopes);

export const roles = ['owner', 'admin', 'manager', 'operator', 'auditor', 'viewer'] as const;
export type Role = (typeof roles)[number];
export const Role = OneOf(roles);

const reads: Scope[] = ['inventory:read', 'purchasing:read', 'mail:read'];
const work: Scope[] = [...reads, 'inventory:write', 'purchasing:write', 'mail:write'];
const approvals: Scope[] = ['inventory:approve', 'purchasing:approve', 'mail:approve'];

/** The role table. A role may do what it names here and nothing else. */
export const roleScopes: Record<Role, readonly Scope[]> = {
  owner: scopes,
  admin: scopes,
  manager: [...work, ...approvals, 'identity:read', 'audit:read'],
  operator: work,
  auditor: [...reads, 'identity:read', 'audit:read'],
  viewer: reads,
};

/**
 * Who may call an operation: `public`: anyone; `authenticated`: any valid credential; `operator`: the platform's
 * operator alone; `internal`: the gateway or the launcher, never routed from outside; else the scope that is needed.
 */
export type Access = 'public' | 'authenticated' | 'operator' | 'internal' | Scope;

/** Which rate limit a call counts against. */
export type LimitTier = 'AUTH' | 'READ' | 'WRITE' | 'SENSITIVE' | 'MAIL';

export const ScopeList = Type.Array(Scope, { minItems: 1, maxItems: scopes.length, uniqueItems: true });
