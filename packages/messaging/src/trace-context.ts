import { type Context, ROOT_CONTEXT, type Span, TraceFlags, trace } from '@opentelemetry/api';

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Whether an SDK records spans in this process; without one, trace ids are only carried along. */
export const tracingEnabled = Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);

/** The context a W3C `traceparent` names; none for a malformed one, an all-zero id or the forbidden version ff. */
export function parseTraceparent(header: string | undefined | null): Context | null {
  const match = header ? traceparentPattern.exec(header) : null;
  const [, traceId, spanId, flags] = match ?? [];
  if (!header || !traceId || !spanId || !flags || header.startsWith('ff')) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  });
}

/** The W3C header for a span: what is passed on with a call or an event. */
export function formatTraceparent(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
}
