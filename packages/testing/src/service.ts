import type { EventDefinition, Role, TenantMode } from '@stockade/contracts';
import { createDatabase, type Migration, newId } from '@stockade/database';
import { type Consumer, eventsOf, processEvent } from '@stockade/messaging';
import { fixedSecrets, type Secrets } from '@stockade/secrets';
import {
  type CleanUp,
  createLogger,
  createMetrics,
  createPrincipalVerifier,
  type Service,
  type ServiceDefinition,
} from '@stockade/service-kit';
import { buildApp } from '@stockade/service-kit/app';
import { parseConfig, securityEventFields } from '@stockade/service-kit/config';
import { withPlatform } from '@stockade/service-kit/migrations';
import { createSecurityEvents } from '@stockade/service-kit/security-events';
import { outboxStore } from '@stockade/service-kit/security-events/outbox-store';
import type { LightMyRequestResponse } from 'fastify';
import type pg from 'pg';
import { type Static, type TSchema, Type } from 'typebox';
import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { testKeys, testSigner, userPrincipal } from './principals.ts';

export interface TestAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies whose shape is what they check
  body: any;
  headers: LightMyRequestResponse['headers'];
  raw: Buffer;
}

type Headers = Record<string, string>;

/** Calls a service as one principal, with a really signed token. */
export interface TestCaller {
  readonly personId: string;
  get(url: string, headers?: Headers): Promise<TestAnswer>;
  post(url: string, body?: unknown, headers?: Headers): Promise<TestAnswer>;
  patch(url: string, body?: unknown, headers?: Headers): Promise<TestAnswer>;
  put(url: string, body?: unknown, headers?: Headers): Promise<TestAnswer>;
  delete(url: string, headers?: Headers, body?: unknown): Promise<TestAnswer>;
}

export interface CallerOptions {
  tenantId?: string;
  personId?: string;
  scopes?: string[];
  type?: 'user' | 'api_key' | 'operator' | 'gateway';
  name?: string;
  /** Of the tenant, as its token says; it says nothing unless told. */
  mode?: TenantMode;
}

export interface StoredEvent {
  id: string;
  type: string;
  aggregateId: string;
  aggregateVersion: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads whose shape is what they check
  payload: any;
}

export interface Delivery {
  id?: string;
  tenantId?: string;
  aggregateId?: string;
  aggregateVersion?: number;
}

export interface TestServiceOptions {
  migrations: readonly Migration[];
  config?: Record<string, unknown>;
  /** Those of the config unless given. */
  secrets?: Secrets;
}

export interface TestService {
  /** A fresh tenant, the default of callers and deliveries. */
  readonly tenantId: string;
  readonly database: TestDatabase;
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  readonly service: Service<any>;
  /** What the service removes besides what every service removes. */
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  readonly cleanUps: readonly CleanUp<any>[];
  as(role?: Role, options?: CallerOptions): TestCaller;
  /** A request without any principal. */
  anonymous(method: string, url: string, headers?: Headers): Promise<TestAnswer>;
  /** As the superuser, past row-level security. */
  query: TestDatabase['query'];
  /** With the app role and that tenant (or none) set, in a transaction of its own. */
  asApp(tenantId: string | null, sql: string, params?: unknown[]): Promise<pg.QueryResult>;
  /** What was written to the outbox, oldest first. */
  outbox(type?: string): Promise<StoredEvent[]>;
  /** Delivers one event through inbox and handler; the same id twice is a redelivery. */
  consume<P extends TSchema>(
    definition: EventDefinition<string, P>,
    payload: Static<P>,
    delivery?: Delivery,
  ): Promise<{ id: string; outcome: string }>;
}

/** A service with its HTTP side and its event handlers on a database of its own; nothing of ours is replaced. */
export async function startTestService(
  t: Teardown,
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  definition: ServiceDefinition<any>,
  options: TestServiceOptions,
): Promise<TestService> {
  const database = await createTestDatabase(t, [
    { service: definition.name, migrations: withPlatform(options.migrations) },
  ]);
  const log = await createLogger({
    service: definition.name,
    level: process.env.LOG_LEVEL ?? 'silent',
    format: 'json',
  });
  const app = createDatabase<unknown>({
    url: database.appUrl(definition.name),
    applicationName: 'test-app',
    max: 8,
  });
  const system = createDatabase<unknown>({
    url: database.systemUrl(definition.name),
    applicationName: 'test-system',
    max: 4,
  });
  const registry = createMetrics(definition.name);
  const securityEvents = createSecurityEvents({
    settings: parseConfig(Type.Object(securityEventFields), {}),
    ...{ log, registry, store: outboxStore(app.db) },
  });
  const closers: (() => Promise<void> | void)[] = [() => securityEvents.close()];
  const config = {
    NODE_ENV: 'test',
    DATABASE_URL: database.appUrl(definition.name),
    DATABASE_SYSTEM_URL: database.systemUrl(definition.name),
    DATABASE_DIRECT_URL: database.systemUrl(definition.name),
    ...options.config,
  };
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  const service: Service<any> = {
    name: definition.name,
    db: app.db,
    systemDb: system.db,
    log,
    securityEvents,
    config,
    secrets: options.secrets ?? fixedSecrets(config),
    onShutdown: (close) => void closers.unshift(close),
  };
  const server = await buildApp({
    service,
    verifier: createPrincipalVerifier(testKeys.publicKey, definition.name),
    registry,
    checks: definition.checks?.(service) ?? {},
    routes: definition.routes,
    // Test files run beside each other: a busy machine is no reason to refuse what a test asks.
    maxEventLoopDelayMs: 0,
  });
  await definition.start?.(service);
  t.teardown(async () => {
    await server.close();
    for (const close of closers) await close();
    await app.close();
    await system.close();
  });
  const tenantId = newId();
  const context = { definition, database, service, server, tenantId };
  return {
    tenantId,
    database,
    service,
    cleanUps: definition.cleanUps ?? [],
    as: (role = 'owner', caller = {}) => createCaller(context, role, caller),
    anonymous: async (method, url, headers = {}) =>
      toAnswer(await server.inject({ method: method as 'GET', url, headers })),
    query: database.query,
    asApp: (tenant, sql, params) => runAsApp(app.pool, tenant, sql, params),
    outbox: (type) => readOutbox(database, type),
    consume: (event, payload, delivery = {}) => deliver(context, event, payload, delivery),
  };
}

interface Context {
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  definition: ServiceDefinition<any>;
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
  service: Service<any>;
  server: Awaited<ReturnType<typeof buildApp>>;
  tenantId: string;
}

function toAnswer(response: LightMyRequestResponse): TestAnswer {
  const isJson = /\bjson\b/.test(String(response.headers['content-type'] ?? ''));
  const body = isJson && response.payload ? JSON.parse(response.payload) : response.payload;
  return { status: response.statusCode, body, headers: response.headers, raw: response.rawPayload };
}

function createCaller(
  { definition, server, tenantId }: Context,
  role: Role,
  options: CallerOptions,
): TestCaller {
  const { tenantId: tenant = tenantId, type = 'user', ...overrides } = options;
  const user = userPrincipal(tenant, role, { type, ...overrides } as never);
  const outside = type === 'operator' || type === 'gateway';
  const principal = outside
    ? { ...user, id: type, tenantId: null, personId: null, role: null, scopes: [] }
    : user;
  const send = async (method: string, url: string, body: unknown, headers: Headers) => {
    const token = await testSigner.sign(principal, definition.name);
    const isBytes = Buffer.isBuffer(body) || typeof body === 'string';
    const content =
      body === undefined || headers['content-type'] ? {} : { 'content-type': 'application/json' };
    const response = await server.inject({
      method: method as 'GET',
      url,
      headers: { 'x-stockade-principal': token, ...content, ...headers },
      ...(body === undefined ? {} : { payload: isBytes ? body : JSON.stringify(body) }),
    });
    return toAnswer(response);
  };
  return {
    personId: user.personId ?? '',
    get: (url, headers = {}) => send('GET', url, undefined, headers),
    post: (url, body, headers = {}) => send('POST', url, body, headers),
    patch: (url, body, headers = {}) => send('PATCH', url, body, headers),
    put: (url, body, headers = {}) => send('PUT', url, body, headers),
    delete: (url, headers = {}, body) => send('DELETE', url, body, headers),
  };
}

async function runAsApp(
  pool: pg.Pool,
  tenantId: string | null,
  sql: string,
  params: unknown[] = [],
): Promise<pg.QueryResult> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    if (tenantId !== null) await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
    const result = await client.query(sql, params);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function readOutbox(database: TestDatabase, type?: string): Promise<StoredEvent[]> {
  const rows = await database.query<{ payload: unknown }>(
    'select payload from outbox where $1::text is null or type = $1 order by seq',
    [type ?? null],
  );
  return rows.flatMap((row) => eventsOf(row.payload)) as StoredEvent[];
}

async function deliver(
  { definition, service, tenantId }: Context,
  event: EventDefinition,
  payload: unknown,
  { id = newId(), tenantId: tenant = tenantId, aggregateId = newId(), aggregateVersion = 1 }: Delivery,
): Promise<{ id: string; outcome: string }> {
  const envelope = {
    id,
    type: event.type,
    tenantId: tenant,
    aggregateId,
    aggregateVersion,
    occurredAt: new Date().toISOString(),
    requestId: 'test-request',
    traceparent: null,
    payload,
  };
  const consumer = (definition.consumers ?? []).find((c: Consumer<unknown>) => event.type in c.handlers);
  if (!consumer) throw new Error(`${definition.name} has no handler for ${event.type}`);
  const outcome = await processEvent({ db: service.db, log: service.log, consumer }, envelope);
  return { id, outcome: String(outcome) };
}
