import { Type } from 'typebox';
import { Role } from '../access.ts';
import { defineEvent } from '../event.ts';
import { tenantModes } from '../principal.ts';
import { Id, Nullable, OneOf, Timestamp } from '../scalars.ts';
import { FlagKey, FlagTargeting } from './flag-targeting.ts';

export const userChanged = defineEvent(
  'identity.user-changed.v1',
  Type.Object({ userId: Id, email: Type.String(), name: Type.String(), role: Role, active: Type.Boolean() }),
);

export const tenantChanged = defineEvent(
  'identity.tenant-changed.v1',
  Type.Object({
    tenantId: Id,
    name: Type.String(),
    mailDomains: Type.Array(Type.String()),
    active: Type.Boolean(),
    /** Events of older tenants lack it: they are live. */
    mode: Type.Optional(OneOf(tenantModes)),
  }),
);

/**
 * What is said of one flag, by the operator for everybody (`platform`, told in the nil tenant's name), or of one tenant. The
 * whole rule each time; a rule that was taken away is one that says nothing.
 */
export const featureFlagChanged = defineEvent(
  'identity.feature-flag-changed.v1',
  Type.Object({
    flagKey: FlagKey,
    scope: OneOf(['platform', 'tenant'] as const),
    /** The variant that everybody gets, whatever else is said; of the platform alone. */
    pinned: Nullable(Type.String()),
    byOperator: Nullable(FlagTargeting),
    byTenant: Nullable(FlagTargeting),
  }),
);

/** How often a process of a service asked for flags since it told of it last; in the nil tenant's name. */
export const flagsEvaluated = defineEvent(
  'feature-flags.evaluations-counted.v1',
  Type.Object({
    service: Type.String(),
    flags: Type.Array(
      Type.Object({
        flagKey: FlagKey,
        evaluations: Type.Integer({ minimum: 1 }),
        lastEvaluatedAt: Timestamp,
      }),
    ),
  }),
);
