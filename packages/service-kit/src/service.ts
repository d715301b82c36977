import type { Server } from 'node:net';
import type { ServiceName } from '@stockade/contracts';
import { createDatabase, poolSizes, schemaName } from '@stockade/database';
import {
  type Consumer,
  createQueueBackend,
  onCommitted,
  type QueueBackend,
  startConsumers,
  startRelay,
} from '@stockade/messaging';
import type { Registry } from 'prom-client';
import type { TObject } from 'typebox';
import { buildApp } from './app.ts';
import type { Service } from './call.ts';
import type { LoadedConfig, ServiceConfig } from './config.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { type Checks, databaseCheck, memoryCheck } from './health.ts';
import { housekeeping, queueTasks } from './housekeeping.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMetrics, noteStart, observePools, serveMetrics } from './metrics.ts';
import { createPrincipalVerifier } from './principal.ts';
import type { Routes } from './routes.ts';
import { observeSecrets, secretsCheck } from './secrets.ts';
import { outboxStore } from './security-events/outbox-store.ts';
import { createSecurityEvents } from './security-events.ts';
import { closeOnSignal } from './shutdown.ts';
import { listenAtFile } from './socket-file.ts';
import { taskMetrics } from './task-metrics.ts';
import { type CleanUp, startTasks, type Task } from './tasks.ts';

/** What makes a service: its nouns' routes, the events it consumes and what it does from time to time. */
export interface ServiceDefinition<DB> {
  readonly name: ServiceName;
  readonly routes: readonly Routes<DB>[];
  readonly consumers?: readonly Consumer<DB>[];
  readonly tasks?: readonly Task<DB>[];
  /** What it removes besides what every service removes; docs/retention.md lists it by table. */
  readonly cleanUps?: readonly CleanUp<DB>[];
  /** What its health tells besides the database, the queues and memory. */
  checks?(service: Service<DB>): Checks;
  /** Opens what the service needs besides (a worker pool, a listener); closed through `service.onShutdown`. */
  start?(service: Service<DB>): Promise<void>;
}

export function defineService<DB>(definition: ServiceDefinition<DB>): ServiceDefinition<DB> {
  return definition;
}

type LoadedService = Pick<LoadedConfig<TObject>, 'secrets'> & { config: ServiceConfig };

/** The databases, log and settings that a service's code works with. */
function openService<DB>(name: string, { config, secrets }: LoadedService, log: Logger, registry: Registry) {
  const shared = { log, applicationName: `stockade-${name}`, slowQueryMs: config.SLOW_QUERY_MS };
  const app = createDatabase<DB>({ ...shared, url: config.DATABASE_URL, max: config.DATABASE_POOL_MAX });
  const system = createDatabase<DB>({ ...shared, url: config.DATABASE_SYSTEM_URL, max: poolSizes.system });
  const securityEvents = createSecurityEvents({
    settings: config,
    log,
    registry,
    store: outboxStore(app.db),
  });
  const closers: (() => Promise<void> | void)[] = [() => securityEvents.close()];
  const service: Service<DB> = {
    name,
    db: app.db,
    systemDb: system.db,
    log,
    securityEvents,
    config,
    secrets,
    onShutdown: (close) => void closers.unshift(close),
  };
  return { app, system, service, closers };
}

/** Relay, consumers and tasks: what a process does besides answering requests. */
async function startWork<DB>(
  definition: ServiceDefinition<DB>,
  service: Service<DB>,
  config: ServiceConfig,
  backend: QueueBackend,
  registry: Registry,
) {
  const { db, systemDb, log } = service;
  const directUrl = config.DATABASE_DIRECT_URL ?? config.DATABASE_SYSTEM_URL;
  const shared = { systemDb, backend, log, registry };
  const relay = await startRelay({ ...shared, directUrl, schema: schemaName(definition.name) });
  const consumers = await startConsumers({ ...shared, db, consumers: definition.consumers ?? [] });
  const stopTasks = startTasks(
    [
      ...housekeeping<DB>(backend),
      ...queueTasks<DB>(backend),
      ...(definition.cleanUps ?? []),
      ...(definition.tasks ?? []),
    ],
    service,
    taskMetrics(registry),
  );
  return {
    /** Takes no new work; resolves when what is under way has ended. */
    stop: async () => void (await Promise.all([consumers.stop(), stopTasks()])),
    /** The last: what requests and consumers committed in their end still goes out. */
    stopRelay: () => relay.stop(),
  };
}

/**
 * Runs a service as this process: answers requests (unless its role is `worker`), relays its outbox and works its
 * queues off (unless its role is `http`), until it is told to end.
 */
export async function startService<DB>(
  definition: ServiceDefinition<DB>,
  loaded: LoadedService,
): Promise<void> {
  const { config, secrets } = loaded;
  const log = await createLogger({
    service: definition.name,
    level: config.LOG_LEVEL,
    format: config.LOG_FORMAT,
  });
  const registry = createMetrics(definition.name);
  const { app: appDb, system, service, closers } = openService<DB>(definition.name, loaded, log, registry);
  observeSecrets(secrets, { log, registry });
  onCommitted((entry) => service.securityEvents.tellChange(entry));
  observePools(registry, { app: appDb.pool, system: system.pool });

  const directUrl = config.DATABASE_DIRECT_URL ?? config.DATABASE_SYSTEM_URL;
  const backend = await createQueueBackend({
    directUrl,
    redisUrl: config.REDIS_URL,
    applicationName: `stockade-${definition.name}`,
    log,
  });
  const app = await buildApp({
    service,
    verifier: createPrincipalVerifier(() => secrets.accepted('PRINCIPAL_PUBLIC_KEY'), definition.name),
    registry,
    checks: {
      database: databaseCheck(appDb.pool),
      queues: () => backend.check(),
      memory: memoryCheck,
      secrets: secretsCheck(secrets),
      ...definition.checks?.(service),
    },
    routes:
      config.SERVICE_ROLE === 'worker'
        ? []
        : [...definition.routes, deadLetterRoutes(definition.name, backend)],
  });
  let work: Awaited<ReturnType<typeof startWork>> | undefined;
  let door: Server | undefined;
  closeOnSignal(
    log,
    [
      () => app.ending.announce(),
      () => Promise.all([door?.close(), app.close(), work?.stop()]),
      () => work?.stopRelay(),
      () => runAll(closers),
      () => backend.close(),
      () => appDb.close(),
      () => system.close(),
      () => secrets.close(),
    ],
    config.EXIT_WITH_PARENT,
  );
  await definition.start?.(service);
  if (config.SERVICE_ROLE !== 'http') work = await startWork(definition, service, config, backend, registry);
  if (config.METRICS_PORT !== undefined) await serveMetrics(registry, config.HOST, config.METRICS_PORT);
  await app.listen({ host: config.HOST, port: config.PORT });
  if (config.SOCKET_FILE !== undefined) door = await listenAtFile(app, config.SOCKET_FILE);
  noteStart(registry);
  log.info({ port: config.PORT, role: config.SERVICE_ROLE, queues: backend.kind }, 'Ready');
}

async function runAll(closers: readonly (() => Promise<void> | void)[]): Promise<void> {
  for (const close of closers) await close();
}
