import cors from '@fastify/cors';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { isAllowedOrigin, type OriginRules } from '../auth/csrf.ts';

/** What a page may read of an answer beside what every page may. */
const exposedHeaders = [
  'etag',
  'x-request-id',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'idempotency-replayed',
  'deprecation',
  'sunset',
  'link',
  'age',
  'cache-status',
];

/**
 * The instance as @fastify/cors sees it: its hook is asked about calls of pages alone. Programs send no Origin, and to
 * be told so takes it as long as half of the limits.
 */
function forPages(app: FastifyInstance): FastifyInstance {
  const addHook = (name: 'onRequest', hook: onRequestHookHandler) =>
    app.addHook(name, function (request, reply, done) {
      if (request.headers.origin !== undefined) return void hook.call(this, request, reply, done);
      // A shared cache must not give a page what a program was answered.
      reply.header('vary', 'Origin');
      done();
    });
  return Object.create(app, { addHook: { value: addHook } }) as FastifyInstance;
}

/** Pages of listed origins may call with the session's cookie; for all others a browser keeps the answer to itself. */
export const crossOrigin = fp<{ origins: OriginRules }>(
  (app, { origins }, done) =>
    cors(
      forPages(app),
      {
        delegator: (request, answer) => {
          const { origin, host } = request.headers;
          const allowed = origin !== undefined && isAllowedOrigin(origin, host, origins);
          answer(null, {
            origin: allowed ? origin : false,
            credentials: true,
            methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
            exposedHeaders,
            maxAge: 600,
            strictPreflight: false,
          });
        },
      },
      done,
    ),
  { name: 'cross-origin' },
);
