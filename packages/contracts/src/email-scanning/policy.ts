import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import { Nullable, OneOf, Strict, Timestamp } from '../scalars.ts';

export const quarantineLevels = ['suspicious', 'malicious'] as const;

/** A technique of the catalogue, as findings name it. */
const TechniqueId = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 });
const AuthservId = Type.String({ pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$' });

const fields = {
  suspiciousFrom: Type.Integer({ minimum: 10, maximum: 90, description: 'Below `maliciousFrom`.' }),
  maliciousFrom: Type.Integer({ minimum: 20, maximum: 100 }),
  disabledTechniques: Type.Array(TechniqueId, {
    maxItems: 200,
    uniqueItems: true,
    description: 'What is no longer looked for. Payment fraud, malware and known threats always are.',
  }),
  trustedAuthservIds: Type.Array(AuthservId, {
    maxItems: 20,
    uniqueItems: true,
    description: 'Servers of yours whose Authentication-Results headers are believed (RFC 8601).',
  }),
  quarantineFrom: OneOf(quarantineLevels),
};

/** How the tenant's mail is judged and what is kept back. */
export const MailPolicy = Type.Object(
  { ...fields, version: Type.Integer({ minimum: 1 }), updatedAt: Nullable(Timestamp) },
  { $id: 'MailPolicy' },
);
export type MailPolicy = Static<typeof MailPolicy>;

export const UpdateMailPolicyBody = Strict(
  {
    suspiciousFrom: Type.Optional(fields.suspiciousFrom),
    maliciousFrom: Type.Optional(fields.maliciousFrom),
    disabledTechniques: Type.Optional(fields.disabledTechniques),
    trustedAuthservIds: Type.Optional(fields.trustedAuthservIds),
    quarantineFrom: Type.Optional(fields.quarantineFrom),
  },
  { minProperties: 1 },
);

export const getMailPolicy = defineOperation({
  id: 'getMailPolicy',
  keptFor: 'tenant',
  service: 'email-scanning',
  method: 'GET',
  path: '/v1/mail/policy',
  summary: 'Read how mail is judged',
  access: 'mail:read',
  tier: 'READ',
  responses: { 200: MailPolicy },
});

export const updateMailPolicy = defineOperation({
  id: 'updateMailPolicy',
  service: 'email-scanning',
  method: 'PUT',
  path: '/v1/mail/policy',
  summary: 'Set how mail is judged',
  description: 'What is left out stays as it is. It counts for mail that is scanned from now on.',
  access: 'mail:approve',
  tier: 'WRITE',
  body: UpdateMailPolicyBody,
  responses: { 200: MailPolicy },
});

export const policyOperations: readonly Operation[] = [getMailPolicy, updateMailPolicy];
