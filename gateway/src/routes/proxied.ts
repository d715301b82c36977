import { isPublic } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import { ServiceError } from '@stockade/service-kit/errors';
import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../auth/authenticator.ts';
import { countAddress, countSignIn, type Guard, guardCall, noteRefusal } from '../auth/guard.ts';
import { priorityOf } from '../plugins/admission.ts';
import { noteAnswer } from '../security-events/refusals.ts';
import { proxy } from '../upstream/proxy.ts';
import type { Reads } from '../upstream/reads.ts';
import type { Upstreams } from '../upstream/upstreams.ts';

export interface ProxiedParts {
  guard: Guard;
  upstreams: Upstreams;
  authenticator: Authenticator;
  reads: Reads;
}

/** Every operation that a service has and the outside may call: guarded here, answered there. */
export function addProxiedRoutes(app: FastifyInstance, { guard, ...parts }: ProxiedParts): void {
  app.decorateRequest('principal', null);
  // Bodies pass through as bytes: the service checks them, and nobody parses them twice.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const operation of allOperations) {
    if (operation.service === 'gateway' || !isPublic(operation)) continue;
    const isSignIn = operation.tier === 'AUTH';
    app.route({
      method: operation.method,
      url: operation.path,
      config: { priority: priorityOf(operation) },
      ...(operation.bodyLimit ? { bodyLimit: operation.bodyLimit } : {}),
      ...(operation.path.startsWith('/v1/auth/') ? { compress: false as const } : {}),
      // Before the body is read: nothing is buffered of a call that is refused anyway, and of the others only so much (bodies.ts).
      onRequest: (request, reply) => guardCall(guard, operation, request, reply),
      ...(isSignIn ? { preHandler: (request, reply) => countSignIn(guard, operation, request, reply) } : {}),
      handler: async (request, reply) => {
        await request.held.during(() => proxy(parts, operation, request, reply));
        const { statusCode: status } = reply;
        if (status >= 400) await noteRefusal(guard, operation, request, status);
        if (status === 403) noteAnswer(guard.events, request, { status, service: operation.service });
        return reply;
      },
    });
  }
  addMethodNotAllowed(app, guard);
  countUnknownPaths(app, guard);
}

/** What may be sent that is no CORS preflight and nobody asked for; HEAD comes with GET. */
const knownMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY'];

/** A known path with another method says which ones there are. */
function addMethodNotAllowed(app: FastifyInstance, guard: Guard): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of allOperations.filter(isPublic))
    methods.set(path, [...(methods.get(path) ?? []), method]);
  for (const [url, allowed] of methods) {
    const others = knownMethods.filter((method) => !allowed.includes(method));
    app.route({
      method: others as 'GET'[],
      url,
      onRequest: async (request, reply) => {
        await countAddress(guard, request, reply);
        reply.header('allow', allowed.join(', '));
        throw new ServiceError('METHOD_NOT_ALLOWED', `This path takes ${allowed.join(', ')} only.`, {
          allowed,
        });
      },
      handler: async () => undefined,
    });
  }
}

/** What is at no path. OPTIONS comes as far as here when it is no preflight: those are part of calls that count themselves. */
function countUnknownPaths(app: FastifyInstance, guard: Guard): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 && request.method !== 'OPTIONS') return void done();
    countAddress(guard, request, reply).then(() => done(), done);
  });
}
