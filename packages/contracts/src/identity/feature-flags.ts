import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, Strict, Timestamp } from '../scalars.ts';
import { FlagKey, FlagSplit, FlagTargeting, FlagUsers, FlagVariant } from './flag-targeting.ts';

const service = 'identity' as const;
const tenantPath = '/v1/identity/feature-flags';
const adminPath = '/v1/admin/feature-flags';

/** What the code says of a flag. */
const catalogued = {
  key: FlagKey,
  type: OneOf(['boolean', 'string', 'number', 'object'] as const),
  description: Type.String(),
  owner: Type.String({ description: 'The service that asks for it.' }),
  since: Type.String({ description: 'The day it came into the code.' }),
  variants: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'The values it can have, by name.',
  }),
  defaultVariant: FlagVariant,
  tenantMayChange: Type.Boolean(),
};

/** Version 1 is what the code says: nobody changed it. */
const changed = {
  version: Type.Integer({ minimum: 1 }),
  updatedAt: Nullable(Timestamp),
};

/** Whose rule decided: everybody's by the operator, the operator's for this tenant, the tenant's own, the rollout, or nobody's. */
export const flagDeciders = ['platform', 'operator', 'tenant', 'rollout', 'default'] as const;

export const FeatureFlag = Type.Object(
  {
    ...catalogued,
    variant: FlagVariant,
    value: Type.Unknown({ description: 'What the caller gets.' }),
    reason: OneOf(['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DEFAULT'] as const),
    decidedBy: OneOf(flagDeciders),
    targeting: Type.Optional(
      Type.Unsafe<FlagTargeting | null>({
        ...Nullable(FlagTargeting),
        description: "The tenant's own rule; left out for callers without identity:read.",
      }),
    ),
    ...changed,
  },
  { $id: 'FeatureFlag' },
);
export type FeatureFlag = Static<typeof FeatureFlag>;

export const staleReasons = ['not-evaluated', 'not-changed', 'fully-rolled-out'] as const;
export type StaleReason = (typeof staleReasons)[number];

export const PlatformFeatureFlag = Type.Object(
  {
    ...catalogued,
    pinned: Nullable(FlagVariant),
    variant: Nullable(FlagVariant),
    split: Nullable(FlagSplit),
    tenants: Type.Integer({ description: 'For how many tenants something else is said.' }),
    evaluations: Type.Integer({ description: 'As far as the services have told of them.' }),
    lastEvaluatedAt: Nullable(Timestamp),
    stale: Type.Array(OneOf(staleReasons), { description: 'Why it may be taken out of the code.' }),
    ...changed,
  },
  { $id: 'PlatformFeatureFlag' },
);
export type PlatformFeatureFlag = Static<typeof PlatformFeatureFlag>;

export const TenantFlagOverride = Type.Object(
  { tenantId: Id, targeting: FlagTargeting, version: Type.Integer({ minimum: 1 }), updatedAt: Timestamp },
  { $id: 'TenantFlagOverride' },
);
export type TenantFlagOverride = Static<typeof TenantFlagOverride>;

const targetingFields = {
  variant: Type.Optional(Nullable(FlagVariant)),
  split: Type.Optional(Nullable(FlagSplit)),
  users: Type.Optional(FlagUsers),
};
export const CreateFeatureFlagBody = Strict({ key: FlagKey, ...targetingFields });
export const UpdateFeatureFlagBody = Strict(targetingFields, { minProperties: 1 });
export const UpdatePlatformFeatureFlagBody = Strict(
  {
    pinned: Type.Optional(Nullable(FlagVariant)),
    variant: targetingFields.variant,
    split: targetingFields.split,
  },
  { minProperties: 1 },
);
export const SetTenantFlagOverrideBody = Strict(targetingFields, { minProperties: 1 });

export const FlagParams = Strict({ flagKey: FlagKey });
export const TenantFlagParams = Strict({ flagKey: FlagKey, tenantId: Id });
export const FlagListQuery = Strict(ListFields);
export const PlatformFlagListQuery = Strict({
  ...ListFields,
  stale: Type.Optional(
    Type.Boolean({ description: 'Only those that may be taken out of the code, or only the others.' }),
  ),
});

export const listFeatureFlags = defineOperation({
  id: 'listFeatureFlags',
  service,
  method: 'GET',
  path: tenantPath,
  summary: 'List the feature flags, each with its value for the caller',
  description:
    'By their keys. Services hear of changes by events and keep them for two seconds: what they do follows shortly after.',
  access: 'authenticated',
  tier: 'READ',
  query: FlagListQuery,
  responses: { 200: Page(FeatureFlag) },
});

export const getFeatureFlag = defineOperation({
  id: 'getFeatureFlag',
  service,
  method: 'GET',
  path: `${tenantPath}/:flagKey`,
  summary: 'Read a feature flag with its value for the caller',
  access: 'authenticated',
  tier: 'READ',
  params: FlagParams,
  responses: { 200: FeatureFlag },
});

export const createFeatureFlag = defineOperation({
  id: 'createFeatureFlag',
  service,
  method: 'POST',
  path: tenantPath,
  summary: "Set your tenant's own rule for a feature flag",
  description:
    'Where the flag lets tenants decide. Users named come first, then the split (by user), then `variant`; what none of them says is left to the platform.',
  access: 'identity:write',
  tier: 'WRITE',
  body: CreateFeatureFlagBody,
  responses: { 201: FeatureFlag },
});

export const updateFeatureFlag = defineOperation({
  id: 'updateFeatureFlag',
  service,
  method: 'PATCH',
  path: `${tenantPath}/:flagKey`,
  summary: "Change your tenant's own rule for a feature flag",
  access: 'identity:write',
  tier: 'WRITE',
  params: FlagParams,
  body: UpdateFeatureFlagBody,
  responses: { 200: FeatureFlag },
});

export const deleteFeatureFlag = defineOperation({
  id: 'deleteFeatureFlag',
  service,
  method: 'DELETE',
  path: `${tenantPath}/:flagKey`,
  summary: "Take your tenant's own rule for a feature flag away",
  access: 'identity:write',
  tier: 'WRITE',
  params: FlagParams,
  responses: { 204: Type.Undefined() },
});

export const listPlatformFeatureFlags = defineOperation({
  id: 'listPlatformFeatureFlags',
  service,
  method: 'GET',
  path: adminPath,
  summary: 'List all feature flags: their rollout, their use, and which may be taken out of the code',
  access: 'operator',
  tier: 'READ',
  query: PlatformFlagListQuery,
  responses: { 200: Page(PlatformFeatureFlag) },
});

export const getPlatformFeatureFlag = defineOperation({
  id: 'getPlatformFeatureFlag',
  service,
  method: 'GET',
  path: `${adminPath}/:flagKey`,
  summary: 'Read a feature flag with its rollout and its use',
  access: 'operator',
  tier: 'READ',
  params: FlagParams,
  responses: { 200: PlatformFeatureFlag },
});

export const updatePlatformFeatureFlag = defineOperation({
  id: 'updatePlatformFeatureFlag',
  service,
  method: 'PATCH',
  path: `${adminPath}/:flagKey`,
  summary: "Change a feature flag's rollout",
  description:
    '`pinned` is what everybody gets, whatever is said for tenants and by them. Else the split, then `variant`, hold where nothing is said for or by the tenant.',
  access: 'operator',
  tier: 'WRITE',
  params: FlagParams,
  body: UpdatePlatformFeatureFlagBody,
  responses: { 200: PlatformFeatureFlag },
});

export const listTenantFlagOverrides = defineOperation({
  id: 'listTenantFlagOverrides',
  service,
  method: 'GET',
  path: `${adminPath}/:flagKey/tenants`,
  summary: 'List the tenants for which the operator decides otherwise',
  access: 'operator',
  tier: 'READ',
  params: FlagParams,
  query: FlagListQuery,
  responses: { 200: Page(TenantFlagOverride) },
});

export const setTenantFlagOverride = defineOperation({
  id: 'setTenantFlagOverride',
  service,
  method: 'PUT',
  path: `${adminPath}/:flagKey/tenants/:tenantId`,
  summary: 'Decide for a tenant or its users which variant they get, whatever the tenant itself says',
  access: 'operator',
  tier: 'WRITE',
  params: TenantFlagParams,
  body: SetTenantFlagOverrideBody,
  responses: { 200: TenantFlagOverride },
});

export const deleteTenantFlagOverride = defineOperation({
  id: 'deleteTenantFlagOverride',
  service,
  method: 'DELETE',
  path: `${adminPath}/:flagKey/tenants/:tenantId`,
  summary: "Take the operator's decision for a tenant away",
  access: 'operator',
  tier: 'WRITE',
  params: TenantFlagParams,
  responses: { 204: Type.Undefined() },
});

export const featureFlagOperations: readonly Operation[] = [
  listFeatureFlags,
  getFeatureFlag,
  createFeatureFlag,
  updateFeatureFlag,
  deleteFeatureFlag,
  listPlatformFeatureFlags,
  getPlatformFeatureFlag,
  updatePlatformFeatureFlag,
  listTenantFlagOverrides,
  setTenantFlagOverride,
  deleteTenantFlagOverride,
];
