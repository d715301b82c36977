import { isKnownCaller } from '@stockade/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LineSampler } from './line-sampler.ts';
import type { Logger } from './logger.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Refused, and told of in a summary of security events: a line would let a flood fill the disk. */
    isOnlyCounted: boolean;
  }
}

/** What costs a caller nothing: refused, or shed, before anybody known stood behind it. */
const isAnonymousRefusal = ({ principal }: FastifyRequest, { statusCode }: FastifyReply) =>
  !isKnownCaller(principal) && ((statusCode >= 400 && statusCode < 500) || statusCode === 503);

/** One line a request, with what ties it to the caller and the trace. Health checks are not worth one. */
export function logRequests(app: FastifyInstance): void {
  // What stands in these lines is chosen below and holds no secret: looking for some in each would cost a fifth of a call.
  const log = (app.log as unknown as Logger).child({}, { redact: [] });
  const refusals = new LineSampler(app, 'Refused requests without a line of their own');
  app.decorateRequest('isOnlyCounted', false);
  app.addHook('onResponse', (request, reply, done) => {
    done();
    if (request.url.startsWith('/health') || request.isOnlyCounted) return;
    if (isAnonymousRefusal(request, reply) && !refusals.admits(reply.statusCode)) return;
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        requestId: request.id,
        tenantId: request.principal?.tenantId,
        principal: request.principal?.id,
        traceId: request.traceparent.split('-')[1],
      },
      'request',
    );
  });
}
