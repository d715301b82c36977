import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { EventEnvelope } from '@stockade/contracts';
import { formatTraceparent, parseTraceparent, tracingEnabled } from './trace-context.ts';

const tracer = trace.getTracer('stockade');

const attributes = (queue: string, event: EventEnvelope) => ({
  'messaging.system': 'bullmq',
  'messaging.destination.name': queue,
  'messaging.message.id': event.id,
  'stockade.event.type': event.type,
  'stockade.tenant_id': event.tenantId,
});

/** The event as it goes into a queue: what consumes it continues below the span of its publication. */
export function withPublishSpan(queue: string, event: EventEnvelope): EventEnvelope {
  const parent = tracingEnabled ? parseTraceparent(event.traceparent) : null;
  if (!parent) return event;
  const span = tracer.startSpan(
    `${queue} publish`,
    { kind: SpanKind.PRODUCER, attributes: attributes(queue, event) },
    parent,
  );
  span.end();
  return { ...event, traceparent: formatTraceparent(span) };
}

/** Runs a handler within the span of its event, so that its queries show in the request's trace. */
export async function inProcessSpan<T>(
  queue: string,
  event: EventEnvelope,
  run: (traceparent: string | null) => Promise<T>,
): Promise<T> {
  const parent = tracingEnabled ? parseTraceparent(event.traceparent) : null;
  if (!parent) return run(event.traceparent);
  const span = tracer.startSpan(
    `${queue} process`,
    { kind: SpanKind.CONSUMER, attributes: attributes(queue, event) },
    parent,
  );
  try {
    return await context.with(trace.setSpan(parent, span), () => run(formatTraceparent(span)));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.recordException(error as Error);
    throw error;
  } finally {
    span.end();
  }
}
