// Loaded before everything else (`node --import`), because instrumentation must patch pg and ioredis before they are
// imported. Without an endpoint nothing of OpenTelemetry's SDK is loaded: it would cost memory and start time for nothing.
import { basename, dirname } from 'node:path';

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  // Of these alone: every other module would be wrapped as well, and each call from one to another slowed down.
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register({ include: ['pg', 'pg-pool', 'ioredis'] });
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { PgInstrumentation } = await import('@opentelemetry/instrumentation-pg');
  const { IORedisInstrumentation } = await import('@opentelemetry/instrumentation-ioredis');

  // …/services/<name>/src/server.ts or …/gateway/src/server.ts
  process.env.OTEL_SERVICE_NAME ??= basename(dirname(dirname(process.argv[1] ?? 'stockade')));
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';

  const sdk = new NodeSDK({
    instrumentations: [
      // Only what happens inside a request or an event: a relay's polling would drown it.
      new PgInstrumentation({ requireParentSpan: true }),
      new IORedisInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  // The process decides when it ends; it waits for this before it does.
  (globalThis as { stockadeTelemetry?: { shutdown(): Promise<void> } }).stockadeTelemetry = sdk;
}
