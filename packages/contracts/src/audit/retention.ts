import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Nullable, Strict, Timestamp } from '../scalars.ts';

const Days = (minimum: number, description: string) =>
  Type.Integer({ minimum, maximum: 36_500, description });

const fields = {
  readDays: Days(
    30,
    'Entries that tell of a read: the last word of their action is `read`, or begins with it.',
  ),
  securityEventDays: Days(90, 'Entries that tell of what was tried and refused, and of the edge.'),
  changeDays: Days(365, 'All other entries.'),
};

/** How many days entries are kept, from the day that they came into the log. */
export const AuditRetention = Type.Object(
  { ...fields, version: Type.Integer({ minimum: 1 }), updatedAt: Nullable(Timestamp) },
  { $id: 'AuditRetention' },
);
export type AuditRetention = Static<typeof AuditRetention>;

export const UpdateAuditRetentionBody = Strict(
  {
    readDays: Type.Optional(fields.readDays),
    securityEventDays: Type.Optional(fields.securityEventDays),
    changeDays: Type.Optional(fields.changeDays),
  },
  { minProperties: 1 },
);

const shared = { service: 'audit', path: '/v1/audit/retention' } as const;

export const getAuditRetention = defineOperation({
  ...shared,
  id: 'getAuditRetention',
  method: 'GET',
  summary: 'Read how long audit entries are kept',
  access: 'audit:read',
  tier: 'READ',
  responses: { 200: AuditRetention },
});

export const updateAuditRetention = defineOperation({
  ...shared,
  id: 'updateAuditRetention',
  method: 'PUT',
  summary: 'Set how long audit entries are kept',
  description:
    'What is left out stays as it is. Older entries are removed within hours, but for what a legal hold keeps; their leaf hashes stay, so that proofs still hold.',
  access: 'audit:write',
  tier: 'SENSITIVE',
  body: UpdateAuditRetentionBody,
  responses: { 200: AuditRetention },
});

export const retentionOperations: readonly Operation[] = [getAuditRetention, updateAuditRetention];
