import type { EventEnvelope } from '@stockade/contracts';
import { inTenant } from '@stockade/database';
import { type Kysely, sql } from 'kysely';
import type { MessagingTables } from './tables.ts';

const nil = '00000000-0000-0000-0000-000000000000';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const asUuid = (value: unknown) => (typeof value === 'string' && uuid.test(value) ? value : nil);
const maxReason = 2_000;

/** Counts a failed delivery in a transaction of its own, and gives how many there were. A worker's death counts as none. */
export async function countFailure<DB>(
  db: Kysely<DB>,
  queue: string,
  event: EventEnvelope,
  reason: string,
): Promise<number> {
  return inTenant(db as unknown as Kysely<MessagingTables>, event.tenantId, async (trx) => {
    const row = await trx
      .insertInto('delivery_failures')
      .values({
        tenant_id: event.tenantId,
        queue,
        event_id: event.id,
        failures: 1,
        last_error: reason.slice(0, maxReason),
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'queue', 'event_id']).doUpdateSet({
          failures: sql`delivery_failures.failures + 1`,
          last_error: reason.slice(0, maxReason),
          updated_at: sql`now()`,
        }),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    return row.failures;
  });
}

/**
 * Makes an event a dead letter; one that died again after a replay is dead again, one that was discarded stays so. What has no tenant or no id of a
 * valid form is kept under the nil one: nothing is dropped.
 */
export async function insertDeadLetter<DB>(
  db: Kysely<DB>,
  queue: string,
  event: EventEnvelope,
  { reason, failures }: { reason: string; failures: number },
): Promise<void> {
  const tenantId = asUuid(event.tenantId);
  const id = asUuid(event.id);
  const fields = {
    type: String(event.type),
    event: JSON.stringify(event),
    reason: reason.slice(0, maxReason),
    failures,
  };
  await inTenant(db as unknown as Kysely<MessagingTables>, tenantId, async (trx) => {
    await trx
      .insertInto('dead_letters')
      .values({ tenant_id: tenantId, queue, id, ...fields })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'queue', 'id'])
          .doUpdateSet({
            ...fields,
            status: 'dead',
            failed_at: sql`now()`,
            resolved_at: null,
            resolved_by: null,
            note: null,
            mirrored_at: null,
          })
          .where('dead_letters.status', '!=', 'discarded'),
      )
      .execute();
    await trx.deleteFrom('delivery_failures').where('queue', '=', queue).where('event_id', '=', id).execute();
  });
}
