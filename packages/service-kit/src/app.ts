import underPressure from '@fastify/under-pressure';
import { onBehalfOf } from '@stockade/database';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Registry } from 'prom-client';
import type { Service } from './call.ts';
import { addEnding, type Ending } from './ending.ts';
import { errorEnvelopes, sendError, toServiceError } from './envelope.ts';
import { errors } from './errors.ts';
import { etags } from './etag.ts';
import { addHealthRoutes, type Checks } from './health.ts';
import { lastingLag } from './lasting-lag.ts';
import { requestMetrics } from './metrics.ts';
import type { PrincipalVerifier } from './principal.ts';
import { logRequests } from './request-log.ts';
import { addBodyParsers, createRegister, type Routes } from './routes.ts';
import { createSerializerCompiler } from './serialization.ts';
import { tracing } from './tracing.ts';
import { compileSchema } from './validation.ts';

const bodyLimit = 10 * 1024 * 1024;

export interface AppParts<DB> {
  service: Service<DB>;
  verifier: PrincipalVerifier;
  registry: Registry;
  checks: Checks;
  routes: readonly Routes<DB>[];
  /** Above it calls are shed; 0: never. */
  maxEventLoopDelayMs?: number;
}

/** A service's HTTP side: what every service answers in the same way, then the routes of its nouns. */
export async function buildApp<DB>({
  service,
  verifier,
  registry,
  checks,
  routes,
  maxEventLoopDelayMs = 1_000,
}: AppParts<DB>): Promise<FastifyInstance & { ending: Ending }> {
  const app: FastifyInstance = Fastify({
    loggerInstance: service.log as FastifyBaseLogger,
    // Lines that belong to a request name it themselves: a logger for each would be made for nothing.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // The gateway makes the id and is the only one who may call.
    requestIdHeader: 'x-request-id',
    genReqId: () => crypto.randomUUID(),
    connectionTimeout: 60_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What still comes in over open connections while it closes is carried out: whoever sent it could not know.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) =>
      sendError(request as never, reply as never, toServiceError(error)),
  });
  app.setValidatorCompiler(compileSchema as never);
  app.setSerializerCompiler(createSerializerCompiler() as never);
  await app.register(tracing);
  await app.register(errorEnvelopes);
  await app.register(etags);
  await app.register(requestMetrics, { registry });
  const lasts = lastingLag();
  await app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    pressureHandler: (request, _reply, _type, lag = 0) => {
      if (lasts(lag) && !request.url.startsWith('/health/'))
        throw errors.unavailable('The service is overloaded: try again shortly.');
    },
  });
  addBodyParsers(app);
  // Not earlier: what is read of a body comes with another context.
  app.addHook('preHandler', (request, _reply, done) =>
    onBehalfOf({ requestId: request.id, traceparent: request.traceparent }, done),
  );
  logRequests(app);
  const ending = addEnding(app);
  addHealthRoutes(app, checks, ending);
  const register = createRegister(app, { service, verifier });
  for (const nounRoutes of routes) nounRoutes(register);
  return Object.assign(app, { ending });
}
