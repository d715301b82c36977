import type { Hook } from '@openfeature/server-sdk';
import { flagsEvaluated, type ServiceName } from '@stockade/contracts';
import { runWork, systemCaller } from '@stockade/messaging';
import type { Kysely } from 'kysely';
import { noTenant } from './provider.ts';

interface Count {
  evaluations: number;
  lastEvaluatedAt: Date;
}

/** Counts evaluations as they happen, and tells of them now and then: one event for all of a process's flags. */
export class FlagUsage {
  #counts = new Map<string, Count>();

  /** An evaluation counts whatever came of it: the code asked. */
  readonly hook: Hook = {
    finally: ({ flagKey }) => this.#add(flagKey, { evaluations: 1, lastEvaluatedAt: new Date() }),
  };

  #add(key: string, { evaluations, lastEvaluatedAt }: Count): void {
    const known = this.#counts.get(key);
    this.#counts.set(key, {
      evaluations: (known?.evaluations ?? 0) + evaluations,
      lastEvaluatedAt:
        known && known.lastEvaluatedAt > lastEvaluatedAt ? known.lastEvaluatedAt : lastEvaluatedAt,
    });
  }

  /** What cannot be told now is told the next time. */
  async tell<DB>(db: Kysely<DB>, service: ServiceName): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    const flags = [...counts].map(([flagKey, { evaluations, lastEvaluatedAt }]) => ({
      ...{ flagKey, evaluations, lastEvaluatedAt: lastEvaluatedAt.toISOString() },
    }));
    try {
      await runWork(db, systemCaller(noTenant, service), async (work) =>
        work.emit(flagsEvaluated, {
          aggregateId: service,
          aggregateVersion: 0,
          payload: { service, flags },
        }),
      );
    } catch (error) {
      for (const [key, count] of counts) this.#add(key, count);
      throw error;
    }
  }
}
