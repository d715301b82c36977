import { type Static, Type } from 'typebox';
import { defineOperation, type Operation } from '../operation.ts';
import {
  Id,
  ListFields,
  Name,
  Nullable,
  OneOf,
  Page,
  ResourceFields,
  Strict,
  Timestamp,
} from '../scalars.ts';

export const siemStreamStatuses = ['active', 'failing', 'paused'] as const;

/** So many streams a tenant may have. */
export const maxSiemStreams = 5;

const Url = Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2_000 });
const Actions = Type.Array(Type.String({ pattern: '^[a-z-]+(\\.[a-z-]+){0,2}$', maxLength: 120 }), {
  maxItems: 50,
  uniqueItems: true,
  description: 'Actions, or what they begin with: `purchasing`, `identity.user`. Empty: all.',
});

/** Where a tenant's audit entries are sent, in their order. */
export const SiemStream = Type.Object(
  {
    ...ResourceFields,
    name: Type.String(),
    url: Type.String(),
    actions: Type.Array(Type.String()),
    status: Type.Unsafe<(typeof siemStreamStatuses)[number]>({
      ...OneOf(siemStreamStatuses),
      description:
        '`failing`: it is tried again, ever more rarely. `paused`: by a person, or after failing for too long.',
    }),
    pausedBy: Nullable(OneOf(['person', 'failure'] as const)),
    delivered: Type.Integer({ minimum: 0, description: 'All entries up to this sequence were received.' }),
    failures: Type.Integer({ minimum: 0, description: 'In a row.' }),
    lastError: Nullable(Type.String()),
    failingSince: Nullable(Timestamp),
    lastSuccessAt: Nullable(Timestamp),
    nextAttemptAt: Nullable(Timestamp),
    previousSecretUntil: Nullable(Timestamp),
  },
  { $id: 'SiemStream' },
);
export type SiemStream = Static<typeof SiemStream>;

/** The secret, as the Standard Webhooks specification writes it, is shown this once. */
export const SiemStreamWithSecret = Type.Object(
  { ...SiemStream.properties, secret: Type.Optional(Type.String()) },
  { $id: 'SiemStreamWithSecret' },
);
export type SiemStreamWithSecret = Static<typeof SiemStreamWithSecret>;

export const CreateSiemStreamBody = Strict({
  name: Name,
  url: Url,
  actions: Type.Optional(Actions),
  from: Type.Optional(
    Type.Unsafe<'now' | 'start'>({
      ...OneOf(['now', 'start'] as const),
      description: 'Where in the log it begins; now unless told.',
    }),
  ),
});
export const UpdateSiemStreamBody = Strict(
  {
    name: Type.Optional(Name),
    url: Type.Optional(Url),
    actions: Type.Optional(Actions),
    active: Type.Optional(Type.Boolean({ description: 'It goes on where it was paused.' })),
  },
  { minProperties: 1 },
);
export const RotateSiemStreamSecretBody = Strict({
  overlapHours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 720,
      description:
        'For so long batches are signed with both; 24 unless told. 0: with the new one alone at once.',
    }),
  ),
});

const service = 'audit' as const;
const path = '/v1/audit/siem-streams';
const one = { path: `${path}/:streamId`, params: Strict({ streamId: Id }) } as const;
const shared = { service, access: 'audit:write', tier: 'SENSITIVE' } as const;

export const createSiemStream = defineOperation({
  ...shared,
  id: 'createSiemStream',
  method: 'POST',
  path,
  summary: 'Stream audit entries to a SIEM, by a signed webhook',
  description:
    'Batches follow the Standard Webhooks specification. The secret is shown this once. Only https, and no address of a private network, unless the operator allows it.',
  body: CreateSiemStreamBody,
  responses: { 201: SiemStreamWithSecret },
});

export const listSiemStreams = defineOperation({
  id: 'listSiemStreams',
  service,
  method: 'GET',
  path,
  summary: 'List SIEM streams, newest first',
  access: 'audit:read',
  tier: 'READ',
  query: Strict(ListFields),
  responses: { 200: Page(SiemStream) },
});

export const getSiemStream = defineOperation({
  ...one,
  id: 'getSiemStream',
  service,
  method: 'GET',
  summary: 'Read a SIEM stream and how it fares',
  access: 'audit:read',
  tier: 'READ',
  responses: { 200: SiemStream },
});

export const updateSiemStream = defineOperation({
  ...shared,
  ...one,
  id: 'updateSiemStream',
  method: 'PATCH',
  summary: 'Change, pause or resume a SIEM stream',
  body: UpdateSiemStreamBody,
  responses: { 200: SiemStream },
});

export const deleteSiemStream = defineOperation({
  ...shared,
  ...one,
  id: 'deleteSiemStream',
  method: 'DELETE',
  summary: 'End a SIEM stream',
  responses: { 204: Type.Undefined() },
});

export const rotateSiemStreamSecret = defineOperation({
  ...shared,
  id: 'rotateSiemStreamSecret',
  method: 'POST',
  path: `${path}/:streamId/rotate-secret`,
  summary: "Replace a SIEM stream's secret",
  description:
    'The new one is shown this once. Until the overlap is over each batch is signed with both; while that lasts, only a rotation without an overlap is possible.',
  params: one.params,
  body: Type.Optional(RotateSiemStreamSecretBody),
  responses: { 200: SiemStreamWithSecret },
});

export const siemStreamOperations: readonly Operation[] = [
  createSiemStream,
  listSiemStreams,
  getSiemStream,
  updateSiemStream,
  deleteSiemStream,
  rotateSiemStreamSecret,
];
