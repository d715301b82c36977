import { Type } from 'typebox';
import { Role } from '../access.ts';
import { defineEvent } from '../event.ts';
import { Id } from '../scalars.ts';

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
  }),
);
