import { type Static, Type } from 'typebox';
import { Id, ListFields, Nullable, OneOf, Page, Strict, Timestamp } from '../scalars.ts';
import { severities } from '../security-events.ts';

const Text = Type.String({ minLength: 1, maxLength: 200 });
const Base64 = Type.String({ description: 'base64' });

/**
 * One committed change, as it was hashed into the log. A leaf's hash is SHA-256 of a zero byte and this object's canonical
 * JSON (RFC 8785): every field counts, and none may be left out when it is checked.
 */
export const AuditEntry = Type.Object(
  {
    id: Id,
    tenantId: Id,
    sequence: Type.Integer({ minimum: 1, description: 'Gapless in the tenant.' }),
    occurredAt: Timestamp,
    actor: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
    onBehalfOf: Nullable(Type.String({ description: 'The person behind an API key.' })),
    action: Type.String({ examples: ['inventory.movement.create'] }),
    target: Type.Object({ type: Type.String(), id: Type.String() }),
    changes: Type.Unsafe<Record<string, { before: unknown; after: unknown }>>({
      type: 'object',
      additionalProperties: true,
      description: '{ field: { before, after } }',
    }),
    ip: Nullable(Type.String()),
    requestId: Nullable(Type.String()),
    traceId: Nullable(Type.String()),
    severity: Type.Optional(
      Type.Unsafe<(typeof severities)[number]>({
        ...OneOf(severities),
        description: 'Of security events; others have none.',
      }),
    ),
  },
  { $id: 'AuditEntry' },
);
export type AuditEntry = Static<typeof AuditEntry>;

/**
 * What is left of an entry whose time was over: its place in the log. What is hashed there is still proven, with the leaf
 * hash in the entry's place.
 */
export const RemovedAuditEntry = Type.Object(
  {
    id: Id,
    tenantId: Id,
    sequence: Type.Integer({ minimum: 1 }),
    removed: Type.Unsafe<'retention'>({ const: 'retention', description: 'Removed by retention.' }),
    removedAt: Timestamp,
    leafHash: Base64,
  },
  { $id: 'RemovedAuditEntry' },
);
export type RemovedAuditEntry = Static<typeof RemovedAuditEntry>;

export const LogEntry = Type.Union([AuditEntry, RemovedAuditEntry]);
export type LogEntry = Static<typeof LogEntry>;

export const AuditEntryParams = Strict({ entryId: Id });
/** Which entries are wanted: those that fit all of them. */
export const entryFilters = {
  action: Type.Optional(Text),
  severity: Type.Optional(OneOf(severities)),
  actorId: Type.Optional(Text),
  targetType: Type.Optional(Text),
  targetId: Type.Optional(Text),
  requestId: Type.Optional(Text),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
  search: Type.Optional(
    Type.String({
      ...{ minLength: 1, maxLength: 200 },
      description:
        'Words that an entry has, all of them: in its action, actor, target, changes, address or request. The last one may be the beginning of a word.',
    }),
  ),
};

export const AuditEntryListQuery = Strict({ ...ListFields, ...entryFilters });
/** Without filters all of the log is listed, removed entries too; what was removed fits no filter. */
export const AuditEntryPage = Page(LogEntry);

/** Everything that proves an entry, but the log's public key, which must come from elsewhere. */
export const AuditProof = Type.Object({
  entry: LogEntry,
  leafHash: Base64,
  leafIndex: Type.Integer({ minimum: 0 }),
  treeSize: Type.Integer({ minimum: 1 }),
  hashes: Type.Array(Base64),
  checkpoint: Type.String({ description: 'C2SP tlog-checkpoint, signed.' }),
});

export const Checkpoint = Type.Object(
  {
    size: Type.Integer({ minimum: 1 }),
    rootHash: Base64,
    checkpoint: Type.String({
      description: 'C2SP tlog-checkpoint, signed; with cosignatures of witnesses once they came.',
    }),
    verifierKey: Type.String({ description: 'The public key as a C2SP signed-note verifier key.' }),
    signedAt: Timestamp,
  },
  { $id: 'Checkpoint' },
);
export type Checkpoint = Static<typeof Checkpoint>;
export const CheckpointListQuery = Strict(ListFields);
export const CheckpointPage = Page(Checkpoint);

const Size = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const ConsistencyQuery = Strict({ from: Size, to: Size });

/** Proves that the log of `to` entries begins with the log of `from` entries, unchanged. */
export const ConsistencyProof = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  fromRootHash: Base64,
  toRootHash: Base64,
  hashes: Type.Array(Base64),
});
