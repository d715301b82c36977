import { statfs } from 'node:fs/promises';
import { type ServiceName, services } from '@stockade/contracts';
import { getDetailedHealth, getPlatformHealth } from '@stockade/contracts/gateway';
import type { Secrets } from '@stockade/secrets';
import type { Ending } from '@stockade/service-kit/ending';
import { secretsCheck } from '@stockade/service-kit/secrets';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authenticator } from '../auth/authenticator.ts';
import { gatewayPrincipal } from '../auth/authenticator.ts';
import type { Guard } from '../auth/guard.ts';
import { backupsCheck } from '../backups.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { version } from '../version.ts';
import { guardedRoute } from './guarded-route.ts';

type Status = 'ok' | 'degraded' | 'down';

interface ServiceHealth {
  status: Status;
  checks: Record<string, { status: Status; details?: Record<string, unknown> }>;
}

export interface HealthParts {
  guard: Guard;
  upstreams: Upstreams;
  authenticator: Authenticator;
  secrets: Secrets;
  /** The file in which the launcher writes down how backups are. */
  backupStatus: string | undefined;
  ending: Ending;
}

const askTimeoutMs = 2_000;
const rememberedMs = 1_000;

/** What a service says of itself; one that does not answer is down. */
async function askService(upstreams: Upstreams, service: ServiceName, path: string): Promise<ServiceHealth> {
  try {
    const question = {
      method: 'GET',
      path,
      principal: gatewayPrincipal,
      timeoutMs: askTimeoutMs,
      isProbe: true,
    };
    return (await upstreams.json(service, question)).body as ServiceHealth;
  } catch {
    return { status: 'down', checks: {} };
  }
}

/** Asks all services at once, at most once a second however often the gateway is asked. */
function createSurvey(upstreams: Upstreams, path: string) {
  let last: { at: number; found: Promise<Map<ServiceName, ServiceHealth>> } | undefined;
  return () => {
    if (last && performance.now() - last.at < rememberedMs) return last.found;
    const found = Promise.all(
      services.map(async (service) => [service, await askService(upstreams, service, path)] as const),
    ).then((entries) => new Map(entries));
    last = { at: performance.now(), found };
    return found;
  };
}

export function addHealthRoutes(app: FastifyInstance, parts: HealthParts): void {
  const { guard, upstreams, authenticator, ending } = parts;
  const surveyReady = createSurvey(upstreams, '/health/ready');
  const surveyDetailed = createSurvey(upstreams, '/health/detailed');
  let wasReady = false;

  /** The first time every service has to be ready. From then on a missing one only degrades: the others go on. */
  const ready = async (reply: FastifyReply) => {
    const found = await surveyReady();
    const states = Object.fromEntries([...found].map(([service, { status }]) => [service, status]));
    const allUp = Object.values(states).every((status) => status !== 'down');
    wasReady ||= allUp && authenticator.hearing;
    if (!wasReady || ending.isNear) {
      reply.code(503).header('retry-after', '1');
      return { status: ending.isNear ? 'ending' : 'starting', services: states };
    }
    const healthy = allUp && authenticator.hearing && !Object.values(states).includes('degraded');
    return { status: healthy ? 'ok' : 'degraded', services: states };
  };

  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', (_request, reply) => ready(reply));
  app.get<{ Querystring: { type?: string } }>('/health', async ({ query }, reply) =>
    query.type === 'live' ? { status: 'ok' } : ready(reply),
  );
  for (const operation of [getDetailedHealth, getPlatformHealth])
    guardedRoute(app, guard, operation, async () => detailed(app, await surveyDetailed(), parts));
}

type Check = { status: Status; details?: unknown };
const worst = (states: Status[]): Status =>
  states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';

/** The same check of all services as one. */
function gather(found: Map<ServiceName, ServiceHealth>, check: string): Check {
  const entries = [...found].map(
    ([service, health]) => [service, health.checks[check] ?? { status: health.status }] as const,
  );
  return { status: worst(entries.map(([, { status }]) => status)), details: Object.fromEntries(entries) };
}

/** How old the threat feeds are; the scanner alone knows. */
function feedsCheck(found: Map<ServiceName, ServiceHealth>): Check {
  const scanner = found.get('email-scanning');
  return scanner?.checks.feeds ?? { status: scanner?.status ?? 'down' };
}

/** Whether every process can read its secrets, this one included. */
function providedCheck(found: Map<ServiceName, ServiceHealth>, secrets: Secrets): Check {
  const gathered = gather(found, 'secrets');
  const own = secretsCheck(secrets)();
  return {
    status: worst([gathered.status, own.status]),
    details: { ...(gathered.details as object), gateway: own },
  };
}

/** How many values wait to be sealed with the current keys, in those services that seal. */
function sealingCheck(found: Map<ServiceName, ServiceHealth>): Check {
  const sealing = [...found].flatMap(([service, { checks }]) =>
    checks.sealing ? [[service, checks.sealing.details] as const] : [],
  );
  return { status: 'ok', details: Object.fromEntries(sealing) };
}

async function diskCheck(): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs('.');
  const free = bavail / blocks;
  return {
    status: free < 0.02 ? 'down' : free < 0.1 ? 'degraded' : 'ok',
    details: { freeBytes: bavail * bsize, freeShare: Math.round(free * 1_000) / 1_000 },
  };
}

const slowEventLoopMs = 200;

function eventLoopCheck(app: FastifyInstance): Check {
  const delayMs = Math.round(app.memoryUsage().eventLoopDelay);
  return { status: delayMs > slowEventLoopMs ? 'degraded' : 'ok', details: { delayMs } };
}

function limitsCheck({ limits }: Guard): Check {
  const place = limits.place();
  return { status: place === 'memory, Redis is away' ? 'degraded' : 'ok', details: { countedIn: place } };
}

async function detailed(
  app: FastifyInstance,
  found: Map<ServiceName, ServiceHealth>,
  { guard, upstreams, authenticator, secrets, backupStatus }: HealthParts,
) {
  const breakers = Object.fromEntries(services.map((service) => [service, upstreams.breaker(service).state]));
  const open = Object.values(breakers).some((state) => state !== 'closed');
  const checks: Record<string, Check> = {
    database: gather(found, 'database'),
    queues: gather(found, 'queues'),
    memory: { ...gather(found, 'memory'), status: 'ok' },
    disk: await diskCheck(),
    eventLoop: eventLoopCheck(app),
    rateLimits: limitsCheck(guard),
    breakers: { status: open ? 'degraded' : 'ok', details: breakers },
    services: {
      status: worst([...found.values()].map(({ status }) => status)),
      details: Object.fromEntries([...found].map(([service, { status }]) => [service, status])),
    },
    revocations: { status: authenticator.hearing ? 'ok' : 'degraded' },
    feeds: feedsCheck(found),
    secrets: providedCheck(found, secrets),
    sealing: sealingCheck(found),
    backups: await backupsCheck(backupStatus),
  };
  const states = Object.values(checks).map(({ status }) => status);
  const penalty =
    states.filter((status) => status === 'down').length * 25 +
    states.filter((status) => status === 'degraded').length * 10;
  return {
    status: worst(states) === 'ok' ? 'ok' : 'degraded',
    score: Math.max(0, 100 - penalty),
    version,
    uptimeSeconds: Math.round(process.uptime()),
    checks,
  };
}
