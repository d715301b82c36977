import type { EventEnvelope } from '@stockade/contracts';
import { isTransient, onBehalfOf } from '@stockade/database';
import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Consumer, EventHandler } from './consumer.ts';
import { contractProblem } from './contract.ts';
import { countFailure, insertDeadLetter } from './failures.ts';
import { enterInbox } from './inbox.ts';
import { inProcessSpan } from './spans.ts';
import { systemCaller } from './system-caller.ts';
import type { MessagingTables } from './tables.ts';
import { type Caller, runWork } from './work.ts';

export interface ProcessOptions<DB> {
  /** As the app role. */
  db: Kysely<DB>;
  log: Logger;
  consumer: Consumer<DB>;
  /** After so many failures an event is a dead letter; 5 unless told. */
  maxFailures?: number;
}

/** `handled`: its effect is committed now; `duplicate`: it was before; `dead`: it is a dead letter. */
export type Outcome = 'handled' | 'duplicate' | 'dead';

/**
 * Handles one event exactly once. Throws when it should be tried again: the failure was counted, unless it was the
 * database that could not be asked.
 */
export async function processEvent<DB>(options: ProcessOptions<DB>, event: EventEnvelope): Promise<Outcome> {
  const { consumer, db, log } = options;
  const handler = consumer.handlers[event.type];
  const problem = contractProblem(event, handler?.definition);
  if (problem || !handler) {
    await insertDeadLetter(db, consumer.queue, event, {
      reason: `It does not fit its contract: ${problem}`,
      failures: 0,
    });
    log.error(
      { queue: consumer.queue, eventId: event.id, type: event.type, problem },
      'An event does not fit its contract: dead letter',
    );
    return 'dead';
  }
  try {
    return await inProcessSpan(consumer.queue, event, (traceparent) =>
      handleOnce(options, handler, [event], traceparent).then((fresh) => (fresh ? 'handled' : 'duplicate')),
    );
  } catch (error) {
    if (isTransient(error)) throw error;
    return failed(options, event, error);
  }
}

/** Handles a tenant's events together; when that fails, one by one, so that a poisoned one stops none of the others. */
export async function processBatch<DB>(
  options: ProcessOptions<DB>,
  events: EventEnvelope[],
): Promise<Outcome[]> {
  const [first] = events;
  const handler = first ? options.consumer.handlers[first.type] : undefined;
  const fit =
    handler?.batched &&
    events.every(
      (event) => event.type === first?.type && contractProblem(event, handler.definition) === null,
    );
  if (first && handler && fit && events.length > 1) {
    try {
      await inProcessSpan(options.consumer.queue, first, (traceparent) =>
        handleOnce(options, handler, events, traceparent),
      );
      return events.map(() => 'handled');
    } catch (error) {
      if (isTransient(error)) throw error;
    }
  }
  const outcomes: Outcome[] = [];
  let retry: unknown;
  for (const event of events) {
    try {
      outcomes.push(await processEvent(options, event));
    } catch (error) {
      retry = error;
    }
  }
  if (retry) throw retry;
  return outcomes;
}

/** One transaction: inbox rows, effect, outbox. Gives whether any of the events was new. */
async function handleOnce<DB>(
  { consumer, db, log }: ProcessOptions<DB>,
  handler: EventHandler<DB>,
  events: EventEnvelope[],
  traceparent: string | null,
): Promise<boolean> {
  const [first] = events as [EventEnvelope];
  const caller: Caller = {
    ...systemCaller(first.tenantId, consumer.queue),
    requestId: first.requestId,
    traceparent,
  };
  const done = await onBehalfOf(caller, async () => {
    const prepared = handler.prepare ? await handler.prepare({ db, log }, events) : undefined;
    return runWork(db, caller, async (work) => {
      const trx = work.trx as unknown as Transaction<MessagingTables>;
      const entered = await enterInbox(
        trx,
        consumer.queue,
        first.tenantId,
        events.map(({ id }) => id),
      );
      const fresh = events.filter(({ id }) => entered.delete(id));
      if (fresh.length > 0) await handler.handle(work, fresh, prepared);
      return fresh;
    });
  });
  if (done.length > 0) {
    // The effect stands: what goes wrong from here on must not look like its failure.
    await handler
      .committed?.({ db, log }, done)
      .catch((error) => log.warn({ err: error, queue: consumer.queue }, 'A commit could not be told of'));
  }
  return done.length > 0;
}

async function failed<DB>(
  { consumer, db, log, maxFailures = 5 }: ProcessOptions<DB>,
  event: EventEnvelope,
  error: unknown,
): Promise<Outcome> {
  const reason = error instanceof Error ? error.message : String(error);
  const failures = await countFailure(db, consumer.queue, event, reason);
  if (failures < maxFailures) {
    log.warn(
      { err: error, queue: consumer.queue, eventId: event.id, type: event.type, failures },
      'An event could not be handled; it is tried again',
    );
    throw error;
  }
  await insertDeadLetter(db, consumer.queue, event, { reason, failures });
  log.error(
    { err: error, queue: consumer.queue, eventId: event.id, type: event.type, failures },
    'An event could not be handled: dead letter',
  );
  return 'dead';
}
