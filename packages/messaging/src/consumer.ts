import type { EventDefinition, EventEnvelope, QueueName } from '@stockade/contracts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Static, TSchema } from 'typebox';
import type { Work } from './work.ts';

/** What a handler's preparation has at hand: no transaction is open yet, so slow work keeps no connection. */
export interface Preparation<DB> {
  readonly db: Kysely<DB>;
  readonly log: Logger;
}

export interface EventHandler<DB> {
  readonly definition: EventDefinition;
  /** Runs before the transaction; what it gives is handed to `handle`. May run again for the same events. */
  prepare?(context: Preparation<DB>, events: EventEnvelope[]): Promise<unknown>;
  /** Runs inside of the transaction that holds the events' inbox rows: its effect happens exactly once. */
  handle(work: Work<DB>, events: EventEnvelope[], prepared: unknown): Promise<void>;
  /** Runs after the commit, for those whose effect is new; a death before it means that it never runs. */
  committed?(context: Preparation<DB>, events: EventEnvelope[]): Promise<void>;
  /** Whether `handle` takes many events of one tenant at once. */
  readonly batched: boolean;
}

/** A queue's events and what is done with each. */
export interface Consumer<DB> {
  readonly queue: QueueName;
  readonly concurrency: number;
  readonly handlers: Readonly<Record<string, EventHandler<DB>>>;
}

type EventOf<P extends TSchema> = EventEnvelope<Static<P>>;

/** Handles one event. `prepare` does what needs no transaction: parsing, waiting, reading. */
export function on<DB, P extends TSchema, T = undefined>(
  definition: EventDefinition<string, P>,
  handle: (work: Work<DB>, event: EventOf<P>, prepared: T) => Promise<void>,
  options: { prepare?: (context: Preparation<DB>, event: EventOf<P>) => Promise<T> } = {},
): EventHandler<DB> {
  const { prepare } = options;
  return {
    definition,
    batched: false,
    handle: (work, events, prepared) => handle(work, events[0] as EventOf<P>, prepared as T),
    ...(prepare
      ? {
          prepare: (context: Preparation<DB>, events: EventEnvelope[]) =>
            prepare(context, events[0] as EventOf<P>),
        }
      : {}),
  };
}

interface BatchOptions<DB, P extends TSchema, T> {
  prepare?: (context: Preparation<DB>, events: EventOf<P>[]) => Promise<T>;
  committed?: (context: Preparation<DB>, events: EventOf<P>[]) => Promise<void>;
}

/**
 * Handles many events of one tenant in one transaction; when that fails, each alone, so that one stops none of the others.
 * `handle` gets those that were not handled before, and what `prepare` made for all of them.
 */
export function onBatch<DB, P extends TSchema, T = undefined>(
  definition: EventDefinition<string, P>,
  handle: (work: Work<DB>, events: EventOf<P>[], prepared: T) => Promise<void>,
  { prepare, committed }: BatchOptions<DB, P, T> = {},
): EventHandler<DB> {
  return {
    definition,
    batched: true,
    handle: (work, events, prepared) => handle(work, events as EventOf<P>[], prepared as T),
    ...(prepare
      ? {
          prepare: (context: Preparation<DB>, events: EventEnvelope[]) =>
            prepare(context, events as EventOf<P>[]),
        }
      : {}),
    ...(committed
      ? {
          committed: (context: Preparation<DB>, events: EventEnvelope[]) =>
            committed(context, events as EventOf<P>[]),
        }
      : {}),
  };
}

/** The handlers of one queue; `concurrency` jobs are worked on at once in a process. */
export function consumer<DB>(
  queue: QueueName,
  handlers: readonly EventHandler<DB>[],
  { concurrency = 4 } = {},
): Consumer<DB> {
  return {
    queue,
    concurrency,
    handlers: Object.fromEntries(handlers.map((handler) => [handler.definition.type, handler])),
  };
}
