import { randomBytes } from 'node:crypto';
import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent, tracingEnabled } from '@stockade/messaging/trace-context';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

export { formatTraceparent, parseTraceparent, tracingEnabled };

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
  const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER }, from);
  // Most are not sampled: what nobody will read is not put together.
  if (span.isRecording()) {
    span.setAttributes({
      'http.request.method': request.method,
      'http.route': route,
      'url.path': request.url.split('?')[0] ?? '',
    });
  }
  return { span, context: trace.setSpan(from, span) };
}

function endServerSpan(request: FastifyRequest, reply: FastifyReply): void {
  const { span } = request;
  if (!span.isRecording()) return;
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
    app.addHook('onResponse', (request, reply, done) => {
      endServerSpan(request, reply);
      done();
    });
  },
  { name: 'tracing' },
);
