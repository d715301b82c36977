import { createLogger } from '@stockade/service-kit/logger';
import { createMetrics, noteStart, serveMetrics } from '@stockade/service-kit/metrics';
import { closeOnSignal } from '@stockade/service-kit/shutdown';
import { buildGateway } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig();
const log = await createLogger({ service: 'gateway', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
const registry = createMetrics('gateway');
const app = await buildGateway({ config, log, registry });
closeOnSignal(log, [() => app.close()], config.EXIT_WITH_PARENT);
if (config.METRICS_PORT !== undefined) await serveMetrics(registry, config.HOST, config.METRICS_PORT);
await app.listen({ host: config.HOST, port: config.PORT });
noteStart(registry);
log.info({ port: config.PORT }, 'Ready');
