import { messagingCleanUps, messagingTasks, type QueueBackend } from '@stockade/messaging';
import type { Kysely } from 'kysely';
import { deleteExpiredKeys, type IdempotencyTable } from './idempotency.ts';
import type { CleanUp, Task } from './tasks.ts';

const hourMs = 3_600_000;

/** What every service cleans up after itself, so that nothing grows for ever. */
export function housekeeping<DB>(backend: QueueBackend): CleanUp<DB>[] {
  return [
    {
      name: 'expired-idempotency-keys',
      everyMs: hourMs,
      run: ({ systemDb }) => deleteExpiredKeys(systemDb as unknown as Kysely<IdempotencyTable>),
    },
    ...(messagingCleanUps(backend) as CleanUp<DB>[]),
  ];
}

/** What every service does besides for its queues. */
export const queueTasks = <DB>(backend: QueueBackend): Task<DB>[] => messagingTasks(backend) as Task<DB>[];
