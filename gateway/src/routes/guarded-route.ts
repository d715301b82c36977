import type { Operation } from '@stockade/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Guard, guardCall } from '../auth/guard.ts';

/** An operation that the gateway itself answers, guarded before its body is read. */
export function guardedRoute(
  app: FastifyInstance,
  guard: Guard,
  operation: Operation,
  answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.route({
    method: operation.method,
    url: operation.path,
    onRequest: (request, reply) => guardCall(guard, operation, request, reply),
    handler: answer,
  });
}
