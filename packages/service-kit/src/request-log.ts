import type { FastifyInstance } from 'fastify';

/** One line a request, with what ties it to the caller and the trace. Health checks are not worth one. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/health')) return;
    request.log.info(
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
