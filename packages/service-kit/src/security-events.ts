import {
  type EventEnvelope,
  platformTenantId,
  type Severity,
  securityEvents,
  severityOf,
} from '@stockade/contracts';
import type { CommittedEntry } from '@stockade/messaging';
import type { FastifyRequest } from 'fastify';
import { Counter, type Registry } from 'prom-client';
import type { Logger } from './logger.ts';
import { networkOf } from './network.ts';
import { type Entry, type SecurityEventInput, singleEntry, summaryEntry } from './security-events/entry.ts';
import { createOutboxQueue } from './security-events/outbox-queue.ts';
import { EventSampler } from './security-events/sampler.ts';

export type { SecurityEventInput };

export interface SecurityEventSettings {
  SECURITY_EVENTS_MAX: number;
  SECURITY_EVENTS_PER_SOURCE: number;
  SECURITY_EVENTS_WINDOW_SECONDS: number;
}

export interface SecurityEvents {
  /**
   * Notes an event: a line in the log and an entry in the audit, or a part of a summary. Gives whether it is told by
   * itself. Never waits, never throws.
   */
  note(event: SecurityEventInput): boolean;
  /** Tells of a committed change that is a security event; its entry is on its way already. */
  tellChange(entry: CommittedEntry): void;
  /** Ends the window early: what was counted is told now. */
  summarize(): void;
  /** Tells the rest and writes it down, for two seconds at most. */
  close(): Promise<void>;
}

interface Parts {
  settings: SecurityEventSettings;
  log: Logger;
  registry: Registry;
  /** Writes events into the outbox; the same ones again must not be doubled. */
  store(events: EventEnvelope[]): Promise<void>;
}

/** What an event tells of the call that it happened in. */
export function callOf(
  request: FastifyRequest,
): Pick<SecurityEventInput, 'route' | 'requestId' | 'traceparent'> {
  const { url } = request.routeOptions;
  return {
    route: url ? `${request.method} ${url}` : null,
    requestId: request.id,
    traceparent: request.traceparent,
  };
}

const closeMs = 2_000;
const levels = { info: 'info', notice: 'info', warning: 'warn', critical: 'error' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Where security events go: to the metrics all of them, to the log and to the audit the first ones of each source in a
 * window, and the rest in summaries when it ends. So a flood of a million makes a bounded number of lines and entries.
 */
export function createSecurityEvents({ settings, log, registry, store }: Parts): SecurityEvents {
  const sampler = new EventSampler({
    max: settings.SECURITY_EVENTS_MAX,
    perSource: settings.SECURITY_EVENTS_PER_SOURCE,
  });
  const queue = createOutboxQueue({ store, log });
  const total = new Counter({
    name: 'stockade_security_events_total',
    help: 'Security events, those in summaries included',
    labelNames: ['type', 'severity'],
    registers: [registry],
  });
  let window: NodeJS.Timeout | undefined;

  const openWindow = () => {
    window ??= setTimeout(summarize, settings.SECURITY_EVENTS_WINDOW_SECONDS * 1_000).unref();
  };
  const keep = (entry: Entry) => {
    if (queue.add(entry)) return;
    // No room while the database is away: it counts for the next summary that finds some.
    sampler.addLost(entry);
    openWindow();
  };
  const summarize = () => {
    clearTimeout(window);
    window = undefined;
    for (const summary of sampler.takeSummaries()) {
      const entry = summaryEntry(summary);
      if (!summary.late) writeLine(log, entry.event);
      keep(entry);
    }
  };

  return {
    note(event) {
      const at = Date.now();
      total.inc({ type: event.type, severity: securityEvents[event.type].severity });
      openWindow();
      const tenantId = event.tenantId ?? platformTenantId;
      const network = event.ip ? networkOf(event.ip) : 'unknown';
      if (!sampler.admit({ type: event.type, tenantId, network, at })) return false;
      const entry = singleEntry(event, at);
      writeLine(log, entry.event);
      keep(entry);
      return true;
    },
    tellChange(entry) {
      const { action } = entry.payload;
      const severity = severityOf(action);
      if (!severity) return;
      total.inc({ type: action, severity });
      writeLine(log, entry);
    },
    summarize,
    async close() {
      summarize();
      clearTimeout(window);
      await queue.close(closeMs);
    },
  };
}

/** One structured line; what an audit entry holds as `changes` of a change stays there alone. */
function writeLine(log: Logger, { tenantId, payload }: CommittedEntry): void {
  const { action, actor, target, changes, ip, requestId, traceId } = payload;
  const severity = severityOf(action) as Severity;
  const { recorded } = securityEvents[action as keyof typeof securityEvents];
  const details =
    recorded === 'sampled'
      ? Object.fromEntries(Object.entries(changes).map(([name, { after }]) => [name, after]))
      : {};
  log[levels[severity]](
    {
      ...{ type: action, severity, tenantId, actorId: actor.id, ip },
      ...{ target: `${target.type} ${target.id}`, ...details, requestId, traceId },
    },
    'security-event',
  );
}
