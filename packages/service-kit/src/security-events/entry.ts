import {
  type AuditActor,
  auditEntryRecorded,
  type EventEnvelope,
  platformTenantId,
  type SampledEventType,
} from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { Static } from 'typebox';
import { networkOf } from '../network.ts';
import type { Summary } from './sampler.ts';

/** A security event where it happens. Nothing of it may be a credential, or a part of one. */
export interface SecurityEventInput {
  type: SampledEventType;
  /** Whose log it goes to; null: the platform's. */
  tenantId: string | null;
  /** Null when nobody knows who it was. */
  actor: Static<typeof AuditActor> | null;
  ip: string | null;
  /** The route's pattern with its method, never the URL: `POST /v1/auth/login`. */
  route: string | null;
  requestId: string | null;
  traceparent: string | null;
  /** What it was about; the address unless told. */
  target?: { type: string; id: string };
  /** What else is worth knowing, in few words. */
  details?: Readonly<Record<string, string | number | boolean>>;
}

/** An audit entry of this process, with what it counts for. */
export interface Entry {
  type: SampledEventType;
  count: number;
  firstAt: number;
  lastAt: number;
  event: EventEnvelope<Static<typeof auditEntryRecorded.payload>>;
}

const anonymous = { type: 'system', id: 'anonymous', name: 'anonymous' } as const;
const noted = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, after]) => [name, { before: null, after }]));

function envelope(
  tenantId: string,
  traceparent: string | null,
  payload: Static<typeof auditEntryRecorded.payload>,
): Entry['event'] {
  return {
    id: newId(),
    type: auditEntryRecorded.type,
    tenantId,
    aggregateId: payload.target.id.slice(0, 64),
    aggregateVersion: 0,
    occurredAt: payload.occurredAt,
    requestId: payload.requestId,
    traceparent,
    payload,
  };
}

/** The entry of one event. */
export function singleEntry(input: SecurityEventInput, at: number): Entry {
  const { type, tenantId, actor, ip, route, requestId, traceparent, details = {} } = input;
  const event = envelope(tenantId ?? platformTenantId, traceparent, {
    occurredAt: new Date(at).toISOString(),
    actor: actor ?? anonymous,
    onBehalfOf: null,
    action: type,
    target: input.target ?? { type: 'address', id: ip ? networkOf(ip) : 'unknown' },
    changes: noted({ ...(route ? { route } : {}), ...details }),
    ip,
    requestId,
    traceId: traceparent?.split('-')[1] ?? null,
  });
  return { type, count: 1, firstAt: at, lastAt: at, event };
}

/** The entry that tells of many. */
export function summaryEntry(summary: Summary): Entry {
  const { type, tenantId, network, count, firstAt, lastAt, late } = summary;
  const [first, last] = [firstAt, lastAt].map((at) => new Date(at).toISOString()) as [string, string];
  const event = envelope(tenantId, null, {
    occurredAt: last,
    actor: { type: 'system', id: 'summary', name: 'summary' },
    onBehalfOf: null,
    action: type,
    target: { type: 'address', id: network ?? 'several' },
    changes: noted({ count, firstAt: first, lastAt: last, ...(late ? { late } : {}) }),
    ip: null,
    requestId: null,
    traceId: null,
  });
  return { type, count, firstAt, lastAt, event };
}
