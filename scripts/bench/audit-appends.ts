import { createDatabase, newId, roleNames, roleUrl } from '@stockade/database';
import { startConsumers } from '@stockade/messaging';
import { createLogger } from '@stockade/service-kit';
import { type AuditConfig, createAudit } from '../../services/audit/src/app.ts';
import type { AuditDb } from '../../services/audit/src/tables.ts';
import { eventsPerJob, feedingBackend, makeJobs } from './audit-jobs.ts';
import { watchLogs } from './audit-watch.ts';
import { percentile } from './load.ts';
import { ms, printTable, type Result, whole } from './table.ts';

const goals = { oneTenant: 5_000, eightTenants: 8_000, checkpointMs: 12_000 };

interface Options {
  databaseUrl: string;
  rolesSecret: string;
  config: AuditConfig;
  /** In each run. */
  entries: number;
}

interface Run {
  rate: number;
  /** From each job's commit until a checkpoint covers its entries, in order of length. */
  checkpointTimes: number[];
}

/** The consumer of the audit service, in this process, on jobs that wait already; checkpoints are the running service's. */
async function append({ databaseUrl, rolesSecret, config, entries }: Options, tenants: number): Promise<Run> {
  const url = roleUrl(databaseUrl, roleNames('audit').app, rolesSecret);
  const { db, close } = createDatabase<AuditDb>({ url, applicationName: 'bench-audit' });
  const log = await createLogger({ service: 'audit', level: 'warn', format: 'json' });
  const tenantIds = Array.from({ length: tenants }, newId);
  const jobs = makeJobs(tenantIds, entries);
  const watch = await watchLogs(databaseUrl, tenantIds);
  const commits: { tenantId: string; sequence: number; at: number }[] = [];
  const committed = new Map(tenantIds.map((id) => [id, 0]));
  const began = performance.now();
  const { backend, drained } = feedingBackend(jobs, (job) => {
    const tenantId = tenantIds[job % tenants] as string;
    const sequence = (committed.get(tenantId) ?? 0) + eventsPerJob;
    committed.set(tenantId, sequence);
    commits.push({ tenantId, sequence, at: performance.now() });
  });
  await startConsumers({ db, backend, log, consumers: createAudit(config).consumers ?? [] });
  await drained();
  const rate = (jobs.length * eventsPerJob) / ((performance.now() - began) / 1_000);
  await watch.end();
  await close();
  const checkpointTimes = commits
    .map(({ tenantId, sequence, at }) => watch.signedAt(tenantId, sequence) - at)
    .sort((a, b) => a - b);
  return { rate, checkpointTimes };
}

/** Entries a second in one tenant and over eight, and how long a commit waits for its checkpoint. */
export async function benchAppends(options: Options): Promise<boolean> {
  await append({ ...options, entries: 5_000 }, 1);
  const one = await append(options, 1);
  const eight = await append(options, 8);
  const row = (what: string, { rate, checkpointTimes }: Run, goal: number): Result => {
    const p99 = percentile(checkpointTimes, 0.99);
    return {
      what,
      cells: {
        'per second': whole(rate),
        'checkpoint p50': ms(percentile(checkpointTimes, 0.5)),
        'checkpoint p99': ms(p99),
      },
      goal: `≥ ${whole(goal)}/s, checkpoint p99 ≤ ${goals.checkpointMs / 1_000} s`,
      passed: rate >= goal && p99 <= goals.checkpointMs,
    };
  };
  const results = [
    row('entries in one tenant', one, goals.oneTenant),
    row('entries over eight tenants', eight, goals.eightTenants),
  ];
  printTable(
    `Appending: from a batch of ${eventsPerJob} at the consumer to its commit, and from there to the checkpoint`,
    ['per second', 'checkpoint p50', 'checkpoint p99'],
    results,
  );
  return results.every(({ passed }) => passed);
}
