import { createQueueBackend, migrateQueues } from '@stockade/messaging';
import { housekeeping } from '@stockade/service-kit/housekeeping';
import type { TestService } from '@stockade/testing';
import type { Test } from 'tap';
import { start as startAudit } from '../../../services/audit/test/setup.ts';
import { start as startEmailScanning } from '../../../services/email-scanning/test/service.ts';
import { start as startIdentity } from '../../../services/identity/test/service.ts';
import { startInventory } from '../../../services/inventory/test/setup.ts';
import { start as startPurchasing } from '../../../services/purchasing/test/service.ts';

export const serviceNames = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit'] as const;
export type Services = Record<(typeof serviceNames)[number], TestService>;

/** Every service on a database of its own, its clean-ups at hand and not running. */
export async function startAllServices(test: Test): Promise<Services> {
  const [identity, inventory, purchasing, emailScanning, audit] = await Promise.all([
    startIdentity(test),
    startInventory(test),
    startPurchasing(test),
    startEmailScanning(test),
    startAudit(test),
  ]);
  return { identity, inventory, purchasing, 'email-scanning': emailScanning, audit };
}

/** What every service removes, for this one's database; its queues are there too. */
export async function housekeepingOf(test: Test, { database, service }: TestService) {
  await migrateQueues(database.adminUrl);
  const backend = await createQueueBackend({
    directUrl: database.systemUrl(service.name),
    redisUrl: undefined,
    applicationName: 'test-queues',
    log: service.log,
  });
  test.teardown(() => backend.close());
  return housekeeping<unknown>(backend);
}
