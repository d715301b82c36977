import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceName, services } from '@stockade/contracts';
import { createDatabase, poolSizes } from '@stockade/database';
import type { Logger } from 'pino';

interface GatewayDb {
  breakers: { service: string; opened_at: Date | null; changed_at: Date };
}

/** What is known of breakers across restarts. The edge does not depend on it: without a database it goes on and says so. */
export interface BreakerStore {
  /** The breakers that were not closed, with when they opened (milliseconds since the epoch). Gives up after 2 s. */
  load(): Promise<Map<ServiceName, number>>;
  /** Writes down what a breaker is now; of several changes the last one counts. */
  note(service: ServiceName, openedAt: number | null): void;
  close(): Promise<void>;
}

const loadMs = 2_000;

export function createBreakerStore(url: string, log: Pick<Logger, 'warn'>): BreakerStore {
  const database = createDatabase<GatewayDb>({
    ...{ url, applicationName: 'stockade-gateway', log },
    max: poolSizes.gatewayBreakers,
  });
  const changes = new Map<ServiceName, number | null>();
  let writing: Promise<void> | undefined;

  const write = async () => {
    for (const [service, openedAt] of changes) {
      changes.delete(service);
      const row = { opened_at: openedAt === null ? null : new Date(openedAt), changed_at: new Date() };
      try {
        await database.db
          .insertInto('breakers')
          .values({ service, ...row })
          .onConflict((conflict) => conflict.column('service').doUpdateSet(row))
          .execute();
      } catch (error) {
        log.warn(
          { err: error, service },
          'A breaker could not be written down: a restart will not know of it',
        );
      }
    }
  };

  const flush = () => {
    writing ??= write().finally(() => {
      writing = undefined;
      if (changes.size > 0) flush();
    });
  };

  const read = async () => {
    const rows = await database.db
      .selectFrom('breakers')
      .select(['service', 'opened_at'])
      .where('opened_at', 'is not', null)
      .execute();
    return new Map(
      rows.flatMap(({ service, opened_at }) => {
        const known = services.find((name) => name === service);
        return known && opened_at ? [[known, opened_at.getTime()] as const] : [];
      }),
    );
  };

  return {
    async load() {
      try {
        return await Promise.race([
          read(),
          delay(loadMs, undefined, { ref: false }).then(() => {
            throw new Error('the database does not answer');
          }),
        ]);
      } catch (error) {
        log.warn({ err: error }, 'What the breakers were before could not be read: they start closed');
        return new Map();
      }
    },
    note(service, openedAt) {
      changes.set(service, openedAt);
      flush();
    },
    async close() {
      await writing;
      await database.close();
    },
  };
}
