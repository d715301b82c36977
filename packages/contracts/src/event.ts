import { type Static, type TSchema, Type } from 'typebox';
import { Id, Nullable, Timestamp } from './scalars.ts';

/** Everything about an event but its payload. Ids are UUIDv7, so that an event's day can be read from its id. */
export const EventFields = {
  id: Id,
  type: Type.String({ pattern: '^[a-z-]+\\.[a-z-]+\\.v[0-9]+$' }),
  tenantId: Id,
  /** The resource that the event tells of, and its version after the change: projections apply only newer ones. */
  aggregateId: Type.String({ minLength: 1, maxLength: 64 }),
  aggregateVersion: Type.Integer({ minimum: 0 }),
  occurredAt: Timestamp,
  requestId: Nullable(Type.String()),
  /** W3C trace context of the request that caused it. */
  traceparent: Nullable(Type.String()),
};

export const EventHead = Type.Object({ ...EventFields, payload: Type.Unknown() });
export type EventHead = Static<typeof EventHead>;
export type EventEnvelope<P = unknown> = Omit<EventHead, 'payload'> & { payload: P };

/** An event's type and payload. Unknown fields are tolerated: an older consumer must survive a newer producer. */
export interface EventDefinition<T extends string = string, P extends TSchema = TSchema> {
  readonly type: T;
  readonly payload: P;
}

export function defineEvent<const T extends string, P extends TSchema>(
  type: T,
  payload: P,
): EventDefinition<T, P> {
  return { type, payload };
}
