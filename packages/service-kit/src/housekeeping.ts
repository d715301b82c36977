import type { ServiceName } from '@stockade/contracts';
import { type QueueBackend, retentionTasks } from '@stockade/messaging';
import type { Kysely } from 'kysely';
import { deleteExpiredKeys, type IdempotencyTable } from './idempotency.ts';
import type { Task } from './tasks.ts';

const hourMs = 3_600_000;

/** What every service cleans up after itself, so that nothing grows for ever. */
export function housekeeping<DB>(service: ServiceName, backend: QueueBackend): Task<DB>[] {
  return [
    {
      name: 'expired-idempotency-keys',
      everyMs: hourMs,
      run: ({ systemDb }) => deleteExpiredKeys(systemDb as unknown as Kysely<IdempotencyTable>),
    },
    ...(retentionTasks(service, backend) as Task<DB>[]),
  ];
}
