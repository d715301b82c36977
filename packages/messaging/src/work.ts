import {
  auditEntryRecorded,
  type EventDefinition,
  type EventEnvelope,
  type Role,
  type Scope,
} from '@stockade/contracts';
import { inTenant, newId, schemaName } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Static, TSchema } from 'typebox';
import type { MessagingTables } from './tables.ts';

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
    changes,
    ip: caller.ip,
    requestId: caller.requestId,
    traceId: caller.traceparent?.split('-')[1] ?? null,
  };
}

/** The channel on which a service's relay hears that its outbox has news. */
export const outboxChannel = (service: string) => `${schemaName(service)}_outbox`;

/** Writes what the work told into the outbox, all in one statement, and wakes the relay at the commit. */
export async function flushWork<DB>(work: Work<DB>): Promise<void> {
  const events = collected.get(work) ?? [];
  if (events.length === 0) return;
  const trx = work.trx as unknown as Transaction<MessagingTables>;
  const rows = events.splice(0).map((event) => ({
    tenant_id: event.tenantId,
    id: event.id,
    type: event.type,
    aggregate_id: event.aggregateId,
    aggregate_version: event.aggregateVersion,
    payload: event,
  }));
  await sql`
    with written as (
      insert into outbox (tenant_id, id, type, aggregate_id, aggregate_version, payload)
      select tenant_id, id, type, aggregate_id, aggregate_version, payload
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(tenant_id uuid, id uuid, type text, aggregate_id text, aggregate_version integer, payload jsonb)
    )
    select pg_notify(current_schema() || '_outbox', '')`.execute(trx);
}

/** Runs a change in one transaction of the caller's tenant, with its events and audit entries. */
export function runWork<DB, T>(
  db: Kysely<DB>,
  caller: Caller,
  change: (work: Work<DB>) => Promise<T>,
): Promise<T> {
  return inTenant(db, caller.tenantId, async (trx) => {
    const work = createWork(trx, caller);
    const result = await change(work);
    await flushWork(work);
    return result;
  });
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
