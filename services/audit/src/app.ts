import { consumer } from '@stockade/messaging';
import { defineService, resealing, type ServiceDefinition } from '@stockade/service-kit';
import { signTreesWithNews } from './checkpoints/commands.ts';
import { checkpointRoutes } from './checkpoints/routes.ts';
import { createSigner, type SignerConfig } from './checkpoints/signer.ts';
import { recordEntries } from './entries/consumer.ts';
import { entryRoutes } from './entries/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { expiredExports, exportTask } from './exports/work-off.ts';
import { legalHoldRoutes } from './legal-holds/routes.ts';
import { auditCleanUps } from './retention/clean-ups.ts';
import { retentionRoutes } from './retention/routes.ts';
import { searchIndexTask } from './search/index-entries.ts';
import { sealedSecrets } from './siem-streams/commands.ts';
import { siemTask } from './siem-streams/deliver.ts';
import { siemStreamRoutes } from './siem-streams/routes.ts';
import { createSender } from './siem-streams/send.ts';
import type { AuditDb } from './tables.ts';
import { TileCache } from './tiles/cache.ts';
import { createWitnessRounds } from './witnesses/commands.ts';
import { parseWitnesses, type WitnessConfig } from './witnesses/settings.ts';

const hourMs = 3_600_000;

export interface AuditConfig extends SignerConfig, WitnessConfig {
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: number;
  SIEM_ALLOW_PRIVATE: boolean;
  SIEM_PAUSE_AFTER_HOURS: number;
}

/** The audit service, signing with the key that its settings name. */
export function createAudit(config: AuditConfig): ServiceDefinition<AuditDb> {
  const signer = createSigner(config);
  const tiles = new TileCache();
  const askWitnesses = createWitnessRounds(parseWitnesses(config.AUDIT_WITNESSES));
  const checkpointMs = config.AUDIT_CHECKPOINT_INTERVAL_SECONDS * 1_000;
  const sender = createSender({ allowPrivate: config.SIEM_ALLOW_PRIVATE });
  const sealed = resealing<AuditDb>(sealedSecrets);
  return defineService<AuditDb>({
    name: 'audit',
    routes: [
      entryRoutes(signer, tiles),
      checkpointRoutes(signer, tiles),
      exportRoutes,
      retentionRoutes,
      legalHoldRoutes,
      siemStreamRoutes(config.SIEM_ALLOW_PRIVATE),
    ],
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
      exportTask(signer),
      searchIndexTask,
      siemTask({ sender, pauseAfterMs: config.SIEM_PAUSE_AFTER_HOURS * hourMs }),
      sealed.task,
    ],
    cleanUps: [...auditCleanUps, expiredExports],
    checks: (service) => ({ sealing: sealed.check(service) }),
    async start(service) {
      service.onShutdown(() => sender.close());
    },
  });
}
