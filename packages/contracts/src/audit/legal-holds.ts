import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Id, ListFields, Nullable, OneOf, Page, ResourceFields, Strict, Timestamp } from '../scalars.ts';

export const legalHoldStatuses = ['active', 'released'] as const;

/** So many holds of a tenant may be active at a time. */
export const maxActiveHolds = 200;

const Reason = Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' });
const Text = Type.String({ minLength: 1, maxLength: 200 });
const Who = Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() });

/** What a hold keeps: entries that all of its fields fit; without any, the whole log. Times are `occurredAt`'s. */
const scope = { actorId: Text, targetType: Text, targetId: Text, from: Timestamp, to: Timestamp };

export const LegalHold = Type.Object(
  {
    ...ResourceFields,
    status: OneOf(legalHoldStatuses),
    reason: Type.String(),
    actorId: Nullable(Type.String()),
    targetType: Nullable(Type.String()),
    targetId: Nullable(Type.String()),
    from: Nullable(Timestamp),
    to: Nullable(Timestamp),
    placedBy: Who,
    releasedBy: Nullable(Who),
    releasedAt: Nullable(Timestamp),
    releaseReason: Nullable(Type.String()),
  },
  { $id: 'LegalHold' },
);
export type LegalHold = Static<typeof LegalHold>;

export const CreateLegalHoldBody = Strict({
  reason: Reason,
  actorId: Type.Optional(scope.actorId),
  targetType: Type.Optional(scope.targetType),
  targetId: Type.Optional(scope.targetId),
  from: Type.Optional(scope.from),
  to: Type.Optional(Type.Unsafe<string>({ ...scope.to, description: 'Not included; later than `from`.' })),
});
export const ReleaseLegalHoldBody = Strict({ reason: Reason });

const LegalHoldParams = Strict({ holdId: Id });
const service = 'audit' as const;
const path = '/v1/audit/legal-holds';

export const createLegalHold = defineOperation({
  id: 'createLegalHold',
  service,
  method: 'POST',
  path,
  summary: 'Place a legal hold: what it fits is kept, whatever retention says',
  description:
    'By actor, target and time; what is left out fits everything. From the answer on nothing that it fits is removed.',
  access: 'audit:write',
  tier: 'SENSITIVE',
  body: CreateLegalHoldBody,
  responses: { 201: LegalHold },
});

export const listLegalHolds = defineOperation({
  id: 'listLegalHolds',
  service,
  method: 'GET',
  path,
  summary: 'List legal holds, newest first',
  access: 'audit:read',
  tier: 'READ',
  query: Strict({ ...ListFields, status: Type.Optional(OneOf(legalHoldStatuses)) }),
  responses: { 200: Page(LegalHold) },
});

export const getLegalHold = defineOperation({
  id: 'getLegalHold',
  service,
  method: 'GET',
  path: `${path}/:holdId`,
  summary: 'Read a legal hold',
  access: 'audit:read',
  tier: 'READ',
  params: LegalHoldParams,
  responses: { 200: LegalHold },
});

export const releaseLegalHold = defineOperation({
  id: 'releaseLegalHold',
  service,
  method: 'DELETE',
  path: `${path}/:holdId`,
  summary: 'Release a legal hold, with a reason',
  description:
    'It stays in the list, with who released it, when and why; what it kept follows retention again.',
  access: 'audit:write',
  tier: 'SENSITIVE',
  params: LegalHoldParams,
  body: ReleaseLegalHoldBody,
  responses: { 200: LegalHold },
});

export const legalHoldOperations: readonly Operation[] = [
  createLegalHold,
  listLegalHolds,
  getLegalHold,
  releaseLegalHold,
];
