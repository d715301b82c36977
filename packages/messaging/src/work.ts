import {
  auditEntryRecorded,
  batchedQueues,
  type EventDefinition,
  type EventEnvelope,
  maskChanges,
  queuesFor,
  type Role,
  type Scope,
  type TenantMode,
} from '@stockade/contracts';
import { inTenant, newId } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Static, TSchema } from 'typebox';
import { tellCommitted } from './committed.ts';
import { announce } from './news.ts';

/** Who and what a change is made for: a request's principal, or the service itself for an event. */
export interface Caller {
  readonly actor: {
    readonly type: 'user' | 'api_key' | 'operator' | 'system';
    readonly id: string;
    readonly name: string;
  };
  /** The human behind the call: rules that ask for a second person compare it. */
  readonly personId: string | null;
  readonly tenantId: string;
  /** Of the tenant, as the call's token says; a service by itself does not know. */
  readonly mode?: TenantMode;
  readonly role: Role | null;
  readonly scopes: readonly Scope[];
  readonly requestId: string | null;
  readonly traceparent: string | null;
  readonly ip: string | null;
}

export type Changes = Record<string, { before: unknown; after: unknown }>;

interface EventInput<P> {
  aggregateId: string;
  aggregateVersion: number;
  payload: P;
}

interface AuditInput {
  /** `context.noun.verb`. */
  action: string;
  target: { type: string; id: string };
  /** In plain: what nobody else is to read is masked by the kind of target. */
  changes?: Changes;
  /** Who did it, when that is not the caller: an event carries out what somebody else began. */
  actor?: Caller['actor'];
}

/** One transaction of a tenant, with what it tells others: events and audit entries are committed with the change or not at all. */
export interface Work<DB> {
  readonly trx: Transaction<DB>;
  readonly tenantId: string;
  readonly caller: Caller;
  /** One instant for the whole change. */
  readonly now: Date;
  emit<P extends TSchema>(definition: EventDefinition<string, P>, event: EventInput<Static<P>>): void;
  audit(entry: AuditInput): void;
}

const collected = new WeakMap<object, EventEnvelope[]>();

export function createWork<DB>(trx: Transaction<DB>, caller: Caller): Work<DB> {
  const events: EventEnvelope[] = [];
  const now = new Date();
  const add = (type: string, { aggregateId, aggregateVersion, payload }: EventInput<unknown>) => {
    events.push({
      id: newId(),
      type,
      tenantId: caller.tenantId,
      aggregateId,
      aggregateVersion,
      occurredAt: now.toISOString(),
      requestId: caller.requestId,
      traceparent: caller.traceparent,
      payload,
    });
  };
  const work: Work<DB> = {
    trx,
    tenantId: caller.tenantId,
    caller,
    now,
    emit: (definition, event) => add(definition.type, event),
    audit: (entry) =>
      add(auditEntryRecorded.type, {
        aggregateId: entry.target.id,
        aggregateVersion: 0,
        payload: auditPayload(caller, now, entry),
      }),
  };
  collected.set(work, events);
  return work;
}

function auditPayload(
  caller: Caller,
  now: Date,
  { action, target, changes = {}, actor = caller.actor }: AuditInput,
): Static<typeof auditEntryRecorded.payload> {
  return {
    occurredAt: now.toISOString(),
    actor,
    onBehalfOf: caller.personId !== null && caller.personId !== actor.id ? caller.personId : null,
    action,
    target,
    changes: maskChanges(target.type, changes),
    ip: caller.ip,
    requestId: caller.requestId,
    traceId: caller.traceparent?.split('-')[1] ?? null,
  };
}

/** How many events one row of the outbox holds at most. */
const eventsPerRow = 200;

/**
 * Events as rows of the outbox. Those that only go to queues whose events travel many in one job (the audit's) share a
 * row: a hundred movements have a hundred audit entries, but need not have a hundred rows to be relayed one by one.
 */
function toRows(events: readonly EventEnvelope[]) {
  const packs: EventEnvelope[][] = [];
  for (const ofType of Map.groupBy(events, ({ type, tenantId }) => `${type} ${tenantId}`).values()) {
    const { type } = ofType[0] as EventEnvelope;
    const size = queuesFor(type).every((queue) => batchedQueues.has(queue)) ? eventsPerRow : 1;
    for (let at = 0; at < ofType.length; at += size) packs.push(ofType.slice(at, at + size));
  }
  return packs.map((pack) => {
    const [first] = pack as [EventEnvelope];
    return {
      tenant_id: first.tenantId,
      id: first.id,
      type: first.type,
      aggregate_id: first.aggregateId,
      aggregate_version: first.aggregateVersion,
      payload: pack.length === 1 ? first : pack,
    };
  });
}

/** The events of a row of the outbox. */
export const eventsOf = (payload: unknown): EventEnvelope[] =>
  Array.isArray(payload) ? payload : [payload as EventEnvelope];

/**
 * Writes what works of one transaction told into the outbox, all in one statement. Whoever commits announces it
 * afterwards: a NOTIFY within the transaction would make all commits of the database wait for one another.
 */
export async function flushWork<DB>(...works: readonly Work<DB>[]): Promise<EventEnvelope[]> {
  const events = works.flatMap((work) => collected.get(work)?.splice(0) ?? []);
  const [first] = works;
  if (first) await insertOutbox(first.trx, events);
  return events;
}

/** Writes events into the outbox. What stands there already, by the same ids in the same order, is left as it is. */
export async function insertOutbox<DB>(
  trx: Transaction<DB>,
  events: readonly EventEnvelope[],
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into outbox (tenant_id, id, type, aggregate_id, aggregate_version, payload)
    select tenant_id, id, type, aggregate_id, aggregate_version, payload
    from jsonb_to_recordset(${JSON.stringify(toRows(events))}::jsonb)
      as r(tenant_id uuid, id uuid, type text, aggregate_id text, aggregate_version integer, payload jsonb)
    on conflict (tenant_id, id) do nothing`.execute(trx);
}

/**
 * Runs a change in one transaction of the caller's tenant, with its events and audit entries. `repeatable`: it finds out by
 * itself whether it was done before.
 */
export async function runWork<DB, T>(
  db: Kysely<DB>,
  caller: Caller,
  change: (work: Work<DB>) => Promise<T>,
  options: { repeatable?: boolean } = {},
): Promise<T> {
  const transaction = async (trx: Transaction<DB>) => {
    const work = createWork(trx, caller);
    const result = await change(work);
    return { result, events: await flushWork(work) };
  };
  const { result, events } = await inTenant(db, caller.tenantId, transaction, options);
  announce(db);
  tellCommitted(events);
  return result;
}

const comparable = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/**
 * What differs, for an audit entry. `before` null: it was made; `after` null: it is gone. Without `fields` all fields of
 * both are compared.
 */
export function changed(before: object | null, after: object | null, fields?: readonly string[]): Changes {
  const from = (before ?? {}) as Record<string, unknown>;
  const to = (after ?? {}) as Record<string, unknown>;
  const changes: Changes = {};
  for (const field of fields ?? new Set([...Object.keys(from), ...Object.keys(to)])) {
    const pair = { before: comparable(from[field]) ?? null, after: comparable(to[field]) ?? null };
    if (JSON.stringify(pair.before) !== JSON.stringify(pair.after)) changes[field] = pair;
  }
  return changes;
}
