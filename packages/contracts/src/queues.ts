import { Type } from 'typebox';
import { Id, ListFields, Nullable, OneOf, Page, Strict, Timestamp } from './scalars.ts';

export const deadLetterStatuses = ['dead', 'replayed', 'discarded'] as const;

/** How much waits in a queue. */
export const QueueState = Type.Object({
  name: Type.String(),
  backend: OneOf(['postgres', 'redis'] as const),
  waiting: Type.Integer(),
  active: Type.Integer(),
  delayed: Type.Integer({ description: 'Tried without success; tried again after their wait.' }),
  deadLetters: Type.Integer({ description: 'Dead letters that nobody replayed or discarded.' }),
});

/** An event that could not be handled; kept 7 days. */
export const DeadLetter = Type.Object({
  id: Id,
  queue: Type.String(),
  tenantId: Id,
  type: Type.String(),
  reason: Type.String(),
  failures: Type.Integer(),
  failedAt: Timestamp,
  status: OneOf(deadLetterStatuses),
  resolvedAt: Nullable(Timestamp),
  resolvedBy: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

/** With the event as it came. */
export const DeadLetterDetail = Type.Object({ ...DeadLetter.properties, event: Type.Unknown() });

export const QueueList = Type.Object({ data: Type.Array(QueueState) });
export const DeadLetterPage = Page(DeadLetter);
export const DeadLetterQuery = Strict({ ...ListFields, status: Type.Optional(OneOf(deadLetterStatuses)) });
export const QueueParams = Strict({ queue: Type.String({ minLength: 1, maxLength: 64 }) });
export const DeadLetterParams = Strict({ ...QueueParams.properties, id: Id });
export const DeadLetterResolution = Strict({
  note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});
