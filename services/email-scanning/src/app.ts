import { defineService, type ServiceDefinition } from '@stockade/service-kit';
import { createEngine } from './engine/index.ts';
import { forgetSenders } from './history/queries.ts';
import { scanConsumer } from './jobs/scan.ts';
import { messageRoutes } from './messages/routes.ts';
import { createVerdictWaiters } from './messages/verdict-waiters.ts';
import { projectionConsumer } from './projections/consumer.ts';
import type { EmailScanningDb } from './tables.ts';

/** The scanner's service. Its worker threads start with the first mail. */
export function createEmailScanning(): ServiceDefinition<EmailScanningDb> {
  const waiters = createVerdictWaiters();
  const engine = createEngine();
  return defineService<EmailScanningDb>({
    name: 'email-scanning',
    routes: [messageRoutes(waiters)],
    consumers: [projectionConsumer, scanConsumer({ engine })],
    tasks: [
      {
        name: 'forget-senders',
        everyMs: 3_600_000,
        run: ({ systemDb }) => forgetSenders(systemDb),
      },
    ],
    async start(service) {
      waiters.start(service as never);
      service.onShutdown(() => engine.close());
    },
  });
}
