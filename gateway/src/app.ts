import type { Secrets } from '@stockade/secrets';
import { addEnding, type Ending } from '@stockade/service-kit/ending';
import { errorEnvelopes, sendError, toServiceError } from '@stockade/service-kit/envelope';
import type { Logger } from '@stockade/service-kit/logger';
import { requestMetrics } from '@stockade/service-kit/metrics';
import { createPrincipalSigner } from '@stockade/service-kit/principal';
import { logRequests } from '@stockade/service-kit/request-log';
import { createSecurityEvents } from '@stockade/service-kit/security-events';
import { taskMetrics } from '@stockade/service-kit/task-metrics';
import { tracing } from '@stockade/service-kit/tracing';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { createAuthenticator } from './auth/authenticator.ts';
import type { OriginRules } from './auth/csrf.ts';
import { backupMetrics } from './backups.ts';
import { type GatewayConfig, listOf } from './config.ts';
import { openAddressBlocks } from './limits/address-blocks.ts';
import { limits } from './limits/limits.ts';
import { Places } from './limits/places.ts';
import { createWindows } from './limits/store.ts';
import { upstreamMetrics } from './metrics.ts';
import { admission } from './plugins/admission.ts';
import { apiVersions, readDeprecations } from './plugins/api-versions.ts';
import { bodies } from './plugins/bodies.ts';
import { answerClientError } from './plugins/client-errors.ts';
import { compression } from './plugins/compression.ts';
import { crossOrigin } from './plugins/cors.ts';
import { requestIdOf, requestIds } from './plugins/request-id.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { unusedConnections } from './plugins/unused-connections.ts';
import { originForm, wellFormed } from './plugins/well-formed.ts';
import { addAccountPages } from './routes/account-pages.ts';
import { addEdgeRoutes } from './routes/admin-edge.ts';
import { addQueueRoutes } from './routes/admin-queues.ts';
import { addDocsRoutes } from './routes/docs.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addProxiedRoutes } from './routes/proxied.ts';
import { addQueueBoard } from './routes/queue-board.ts';
import { blockedAddress, noteRefused } from './security-events/refusals.ts';
import { openEventStore } from './security-events/store.ts';
import { readTls, redirectPlain, reloadTls, type TlsFiles, tlsFiles } from './tls.ts';
import { createBreakerStore } from './upstream/breaker-store.ts';
import { createReads } from './upstream/reads.ts';
import { createUpstreams } from './upstream/upstreams.ts';

export interface GatewayParts {
  config: GatewayConfig;
  secrets: Secrets;
  log: Logger;
  registry: Registry;
}

const maxConnections = 10_000;

/** The edge: what every call meets, then the routes. */
export async function buildGateway({
  config,
  secrets,
  log,
  registry,
}: GatewayParts): Promise<FastifyInstance & { ending: Ending }> {
  const files = tlsFiles(config);
  const app = createServer(config, log, files);
  if (files) {
    redirectPlain(app);
    reloadTls(app, files, log);
  }
  const redis = config.REDIS_URL ? await connectRedis(config.REDIS_URL, log) : null;
  const breakerStore = createBreakerStore(config.DATABASE_SYSTEM_URL, log);
  const upstreams = createUpstreams(config, {
    signer: createPrincipalSigner(() => secrets.current('PRINCIPAL_PRIVATE_KEY'), {
      published: () => secrets.accepted('PRINCIPAL_PUBLIC_KEY'),
      onUnusable: (reason) =>
        log.error(
          { code: 'PRINCIPAL_KEY_UNUSABLE', reason },
          'A new signing key is not used: the old one goes on',
        ),
    }),
    store: breakerStore,
    openBefore: await breakerStore.load(),
  });
  const authenticator = createAuthenticator(config, upstreams, log);
  const reads = createReads(config, log);
  upstreamMetrics(registry, upstreams);
  backupMetrics(registry, config.BACKUP_STATUS_FILE);
  const tasks = taskMetrics(registry);
  const eventStore = await openEventStore(config, log, tasks);
  const events = createSecurityEvents({ settings: config, log, registry, store: eventStore.store });
  app.addHook('onClose', async () => {
    await events.close();
    await eventStore.close();
    await authenticator.stop();
    await reads.stop();
    await upstreams.close();
    await breakerStore.close();
    redis?.disconnect();
  });

  const origins: OriginRules = {
    allowed: new Set(listOf(config.CORS_ORIGINS)),
    development: config.NODE_ENV !== 'production',
  };
  await app.register(unusedConnections);
  await app.register(requestIds);
  await app.register(tracing);
  await app.register(errorEnvelopes, {
    onFailure: (failure, request) => noteRefused(events, request, failure),
  });
  const ending = addEnding(app, { endsConnections: true });
  await app.register(securityHeaders);
  await app.register(wellFormed);
  await app.register(apiVersions, { deprecations: readDeprecations(listOf(config.DEPRECATIONS)) });
  await app.register(compression);
  await app.register(requestMetrics, { registry });
  logRequests(app);
  const windows = createWindows({ redis, log });
  await app.register(limits, { config, windows });
  await app.register(admission, { maxConcurrent: config.MAX_CONCURRENT_CALLS });
  await app.register(bodies);
  await app.register(crossOrigin, { origins });

  const blocks = await openAddressBlocks({
    ...{ config, windows, log, metrics: tasks },
    onBlocked: (ip, seconds) => events.note(blockedAddress(ip, seconds)),
  });
  app.addHook('onClose', () => blocks.close());
  const places = new Places(config.MAX_CONCURRENT_CALLS_PER_TENANT);
  const guard = { authenticator, limits: app.limits, blocks, places, origins, events };
  addHealthRoutes(app, {
    ...{ guard, upstreams, authenticator, secrets, ending },
    backupStatus: config.BACKUP_STATUS_FILE,
  });
  addDocsRoutes(app, guard);
  addAccountPages(app, guard);
  addProxiedRoutes(app, { guard, upstreams, authenticator, reads });
  addQueueRoutes(app, { guard, upstreams });
  if (eventStore.backend.kind === 'redis') addQueueBoard(app, { guard, backend: eventStore.backend });
  addEdgeRoutes(app, { guard, upstreams });
  upstreams.watch();
  return Object.assign(app, { ending });
}

function createServer(config: GatewayConfig, log: Logger, files: TlsFiles | null): FastifyInstance {
  // Node's own refusal of a missing Host has no envelope: wellFormed refuses it.
  const http = { requireHostHeader: false, headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines that belong to a request name it themselves: a logger for each would be made for nothing.
    childLoggerFactory: (logger) => logger,
    bodyLimit: 10 * 1024 * 1024,
    genReqId: (request) => requestIdOf(request as never),
    requestIdHeader: false,
    trustProxy: listOf(config.TRUSTED_PROXIES).length > 0 ? listOf(config.TRUSTED_PROXIES) : false,
    connectionTimeout: 60_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What still comes in over open connections while it closes is answered, not refused without an envelope.
    return503OnClosing: false,
    ...(files ? { https: { ...http, ...readTls(files) } } : { http }),
    rewriteUrl: (request) => originForm(request.url ?? '/'),
    routerOptions: { maxParamLength: 256 },
    clientErrorHandler: answerClientError as never,
    frameworkErrors: (error, request, reply) =>
      sendError(request as never, reply as never, toServiceError(error)),
  }) as unknown as FastifyInstance;
  app.server.maxConnections = maxConnections;
  // An expectation that nobody knows may be ignored; Node's own refusal has no envelope.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  return app;
}

/** Loaded where it is used: seven megabytes. */
async function connectRedis(url: string, log: Logger): Promise<Redis> {
  const ioredis = await import('ioredis');
  const redis = new ioredis.Redis(url, {
    connectionName: 'stockade-gateway',
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 500,
  });
  redis.on('error', (error) => log.warn({ reason: error.message }, 'Redis cannot be reached'));
  return redis;
}
