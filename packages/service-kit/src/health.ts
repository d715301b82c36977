import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Ending } from './ending.ts';

export interface Check {
  status: 'ok' | 'degraded' | 'down';
  /** Numbers and words that an operator needs; no addresses, no secrets. */
  details?: Record<string, unknown>;
}

export type Checks = Record<string, () => Promise<Check> | Check>;

const checkTimeoutMs = 2_000;

/** Asks one dependency; no answer in time counts as down. */
async function ask(check: () => Promise<Check> | Check): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Check>((resolve) => {
    timer = setTimeout(
      () => resolve({ status: 'down', details: { reason: 'no answer in time' } }),
      checkTimeoutMs,
    );
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch {
    return { status: 'down' };
  } finally {
    clearTimeout(timer);
  }
}

export async function runChecks(
  checks: Checks,
): Promise<{ status: Check['status']; checks: Record<string, Check> }> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const),
  );
  const states = entries.map(([, check]) => check.status);
  const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
  return { status, checks: Object.fromEntries(entries) };
}

/** Answers whether the database can be asked through this pool, and how full the pool is. */
export function databaseCheck(pool: pg.Pool): () => Promise<Check> {
  return async () => {
    const started = performance.now();
    await pool.query('select 1');
    const details = {
      latencyMs: Math.round(performance.now() - started),
      connections: pool.totalCount,
      waiting: pool.waitingCount,
    };
    return { status: 'ok', details };
  };
}

export function memoryCheck(): Check {
  const { rss, heapUsed } = process.memoryUsage();
  return { status: 'ok', details: { rssBytes: rss, heapUsedBytes: heapUsed } };
}

/** `live`: the process answers; `ready`: it can do its work; `detailed`: what the gateway gathers for operators. */
export function addHealthRoutes(app: FastifyInstance, checks: Checks, ending: Pick<Ending, 'isNear'>): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const { status } = ending.isNear ? { status: 'down' } : await runChecks(checks);
    if (status === 'down') reply.code(503).header('retry-after', '1');
    return { status };
  });
  app.get('/health/detailed', async () => ({
    ...(await runChecks(checks)),
    uptimeSeconds: Math.round(process.uptime()),
  }));
}
