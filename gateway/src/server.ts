import { createLogger } from '@stockade/service-kit/logger';
import { createMetrics, noteStart, serveMetrics } from '@stockade/service-kit/metrics';
import { observeSecrets } from '@stockade/service-kit/secrets';
import { closeOnSignal } from '@stockade/service-kit/shutdown';
import { buildGateway } from './app.ts';
import { readConfig } from './config.ts';

const { config, secrets } = await readConfig();
const log = await createLogger({ service: 'gateway', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
const registry = createMetrics('gateway');
observeSecrets(secrets, { log, registry });
const app = await buildGateway({ config, secrets, log, registry });
closeOnSignal(
  log,
  [() => app.ending.announce(), () => app.close(), () => secrets.close()],
  config.EXIT_WITH_PARENT,
);
if (config.METRICS_PORT !== undefined) await serveMetrics(registry, config.HOST, config.METRICS_PORT);
await app.listen({ host: config.HOST, port: config.PORT });
noteStart(registry);
log.info({ port: config.PORT }, 'Ready');
