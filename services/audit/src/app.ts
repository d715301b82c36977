import { consumer } from '@stockade/messaging';
import { defineService, type ServiceDefinition } from '@stockade/service-kit';
import { sql } from 'kysely';
import { signTreesWithNews } from './checkpoints/commands.ts';
import { checkpointRoutes } from './checkpoints/routes.ts';
import { createSigner, type SignerConfig } from './checkpoints/signer.ts';
import { recordEntries } from './entries/consumer.ts';
import { entryRoutes } from './entries/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { exportTasks } from './exports/work-off.ts';
import { searchIndexTask } from './search/index-entries.ts';
import type { AuditDb } from './tables.ts';
import { TileCache } from './tiles/cache.ts';
import { createWitnessRounds } from './witnesses/commands.ts';
import { parseWitnesses, type WitnessConfig } from './witnesses/settings.ts';

export interface AuditConfig extends SignerConfig, WitnessConfig {
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: number;
}

const dayMs = 86_400_000;

/** The audit service, signing with the key that its settings name. */
export function createAudit(config: AuditConfig): ServiceDefinition<AuditDb> {
  const signer = createSigner(config);
  const tiles = new TileCache();
  const askWitnesses = createWitnessRounds(parseWitnesses(config.AUDIT_WITNESSES));
  const checkpointMs = config.AUDIT_CHECKPOINT_INTERVAL_SECONDS * 1_000;
  return defineService<AuditDb>({
    name: 'audit',
    routes: [entryRoutes(signer, tiles), checkpointRoutes(signer, tiles), exportRoutes],
    consumers: [consumer<AuditDb>('audit', [recordEntries], { concurrency: 2 })],
    tasks: [
      {
        name: 'checkpoints',
        everyMs: checkpointMs,
        run: ({ systemDb, log }) => signTreesWithNews({ systemDb, log, signer }),
      },
      {
        name: 'witnesses',
        everyMs: checkpointMs,
        run: ({ systemDb, log }, signal) =>
          askWitnesses(
            { systemDb, log, tiles, timeoutMs: config.AUDIT_WITNESS_TIMEOUT_SECONDS * 1_000 },
            signal,
          ),
      },
      {
        name: 'entry-partitions',
        everyMs: dayMs,
        run: async ({ systemDb }) => void (await sql`select ensure_entry_partitions(3)`.execute(systemDb)),
      },
      ...exportTasks(signer),
      searchIndexTask,
    ],
  });
}
