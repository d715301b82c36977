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

/** With the event; of its payload ids, times, numbers and the words of fixed lists, all other text is masked. */
export const DeadLetterDetail = Type.Object({ ...DeadLetter.properties, event: Type.Unknown() });

/** Which dead letters: all of these have to be met. */
const DeadLetterFilter = {
  tenantId: Type.Optional(Id),
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  failedFrom: Type.Optional(Timestamp),
  failedTo: Type.Optional(Timestamp),
  error: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'A part of the error, in whatever case.' }),
  ),
};
const Note = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

export const QueueList = Type.Object({ data: Type.Array(QueueState) });
export const DeadLetterPage = Page(DeadLetter);
export const DeadLetterQuery = Strict({
  ...ListFields,
  ...DeadLetterFilter,
  status: Type.Optional(OneOf(deadLetterStatuses)),
});
export const QueueParams = Strict({ queue: Type.String({ minLength: 1, maxLength: 64 }) });
export const DeadLetterParams = Strict({ ...QueueParams.properties, id: Id });
export const ReplayDeadLetter = Strict({ note: Type.Optional(Note) });
export const DiscardDeadLetter = Strict({ note: Note });

const Several = {
  ...DeadLetterFilter,
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true })),
};
/** Without any filter: all that are dead. */
export const ReplayDeadLetters = Strict({ ...Several, note: Type.Optional(Note) });
export const DiscardDeadLetters = Strict({ ...Several, note: Note });
export const ResolvedDeadLetters = Type.Object({
  resolved: Type.Integer({ description: 'At most 1,000 in one call, the oldest first.' }),
  remaining: Type.Integer({ description: 'How many that are meant are still dead: ask again for those.' }),
});
