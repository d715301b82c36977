import { randomBytes } from 'node:crypto';
import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Whether an SDK records spans in this process (telemetry.ts was given an endpoint). */
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

/** Ids without a recording: logs, audit entries and events are still tied together by them. */
function unrecordedContext(): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    traceFlags: TraceFlags.NONE,
  });
}

const tracer = trace.getTracer('stockade');

/** Opens the span of one incoming request below the caller's, or begins a trace. */
export function startServerSpan(request: FastifyRequest): { span: Span; context: Context } {
  const parent = parseTraceparent(request.headers.traceparent as string | undefined);
  const from = parent ?? (tracingEnabled ? ROOT_CONTEXT : unrecordedContext());
  const route = request.routeOptions.url ?? 'unknown';
  const attributes = { 'http.request.method': request.method, 'http.route': route, 'url.path': request.url.split('?')[0] ?? '' };
  const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, from);
  return { span, context: trace.setSpan(from, span) };
}

function endServerSpan(request: FastifyRequest, reply: FastifyReply): void {
  const { span } = request;
  span.setAttribute('http.response.status_code', reply.statusCode);
  if (request.id) span.setAttribute('stockade.request_id', request.id);
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

declare module 'fastify' {
  interface FastifyRequest {
    span: Span;
    /** What a call or event that this request causes carries on. */
    traceparent: string;
  }
}

/** One server span a request, made by hand: the hooks and handlers below it are ours and need none of their own. */
export const tracing = fp(
  async (app) => {
    app.decorateRequest('span');
    app.decorateRequest('traceparent', '');
    app.addHook('onRequest', (request, _reply, done) => {
      const started = startServerSpan(request);
      request.span = started.span;
      request.traceparent = formatTraceparent(started.span);
      context.with(started.context, done);
    });
    app.addHook('onResponse', async (request, reply) => endServerSpan(request, reply));
  },
  { name: 'tracing' },
);
