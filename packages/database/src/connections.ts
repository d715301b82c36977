import type pg from 'pg';

/** The greatest sizes of the pools that every process opens besides its own for requests (DATABASE_POOL_MAX). */
export const poolSizes = {
  /** A service's system role: relay, clean-up, look-ups across tenants. */
  system: 4,
  /** BullMQ's in PostgreSQL: a connection for each worker's LISTEN, the rest for queries. */
  queues: 8,
  /** The gateway's outbox. */
  gatewayEvents: 2,
  gatewayBreakers: 1,
  gatewayBlocks: 1,
} as const;

/** Connections for LISTEN: a relay's of each process, email-scanning's for verdicts, the gateway's for news, revocations and blocks. */
const listeners = { service: 1, emailScanning: 1, gateway: 4 } as const;

export interface PlannedConnections {
  /** Over DATABASE_URL, which may be PgBouncer. */
  pooled: number;
  /** Past PgBouncer: LISTEN and the queues. */
  direct: number;
}

interface Plan {
  services: number;
  /** DATABASE_POOL_MAX. */
  poolMax: number;
  queuesInRedis: boolean;
}

/** How many connections one of each process may open at most. */
export function plannedConnections({ services, poolMax, queuesInRedis }: Plan): PlannedConnections {
  const gateway = poolSizes.gatewayEvents + poolSizes.gatewayBreakers + poolSizes.gatewayBlocks;
  const queues = queuesInRedis ? 0 : poolSizes.queues * (services + 1);
  return {
    pooled: services * (poolMax + poolSizes.system) + gateway,
    direct: queues + services * listeners.service + listeners.emailScanning + listeners.gateway,
  };
}

/** How many connections the server has for roles that are no superusers. */
export async function connectionsFor(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true), '0')::int as n`);
  return rows[0]?.n ?? 0;
}
