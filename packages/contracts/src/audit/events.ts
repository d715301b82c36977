import { Type } from 'typebox';
import { defineEvent } from '../event.ts';
import { Nullable, OneOf, Timestamp } from '../scalars.ts';

export const AuditActor = Type.Object({
  type: OneOf(['user', 'api_key', 'operator', 'system'] as const),
  id: Type.String(),
  name: Type.String(),
});

/** One committed change; the event's id becomes the entry's id. */
export const auditEntryRecorded = defineEvent(
  'audit.entry-recorded.v1',
  Type.Object({
    occurredAt: Timestamp,
    actor: AuditActor,
    /** The person behind an API key or a system action, if another than the actor. */
    onBehalfOf: Nullable(Type.String()),
    /** `context.noun.verb`. */
    action: Type.String({ pattern: '^[a-z-]+\\.[a-z-]+\\.[a-z-]+$' }),
    target: Type.Object({ type: Type.String(), id: Type.String() }),
    /** The fields that changed: `{ field: { before, after } }`. */
    changes: Type.Record(Type.String(), Type.Object({ before: Type.Unknown(), after: Type.Unknown() })),
    ip: Nullable(Type.String()),
    requestId: Nullable(Type.String()),
    traceId: Nullable(Type.String()),
  }),
);
