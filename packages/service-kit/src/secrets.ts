import type { Secrets, SecretsReport } from '@stockade/secrets';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Check } from './health.ts';
import type { Logger } from './logger.ts';

/** Older than this, what is used in the provider's place may be long out of date. */
const staleSeconds = 3_600;

interface Observers {
  log: Logger;
  registry: Registry;
}

/**
 * Puts every reading of secrets on record (which, in which version; never a value), and sounds the alarm when one cannot
 * be read: a line at the level error with the code SECRETS_UNAVAILABLE, and the metrics.
 */
export function observeSecrets(secrets: Secrets, { log, registry }: Observers): void {
  const reads = new Counter({
    name: 'stockade_secret_reads_total',
    help: 'Readings of a secret from its provider',
    labelNames: ['name', 'outcome'],
    registers: [registry],
  });
  const { provider } = secrets.state();
  // On record whatever the level of the log.
  const record = log.child({}, { level: log.level === 'silent' ? 'silent' : 'info' });
  secrets.observe(({ read, failed }: SecretsReport) => {
    for (const { name } of read) reads.inc({ name, outcome: 'read' });
    for (const { name } of failed) reads.inc({ name, outcome: 'failed' });
    if (read.length > 0) record.info({ event: 'secret-access', provider, read }, 'Secrets were read');
    if (failed.length > 0)
      log.error(
        { code: 'SECRETS_UNAVAILABLE', provider, failed, stale: failed.some(isStale) },
        'Secrets cannot be read from their provider: earlier values are used, or those of the environment',
      );
  });
  new Gauge({
    name: 'stockade_secrets_unavailable',
    help: '1 while secrets cannot be read from their provider',
    registers: [registry],
    collect() {
      this.set(secrets.state().unavailable ? 1 : 0);
    },
  });
  new Gauge({
    name: 'stockade_secret_age_seconds',
    help: 'How long ago a secret was last read from its provider',
    labelNames: ['name'],
    registers: [registry],
    collect() {
      for (const [name, { ageSeconds }] of Object.entries(ageing(secrets))) this.set({ name }, ageSeconds);
    },
  });
}

const isStale = ({ ageSeconds }: { ageSeconds: number }) => ageSeconds > staleSeconds;

/** The environment is read once, and never out of date. */
function ageing(secrets: Secrets) {
  const { provider, secrets: byName } = secrets.state();
  return provider === 'env' ? {} : byName;
}

/** For the detailed health: degraded while the provider cannot be asked. What is in use goes on working. */
export function secretsCheck(secrets: Secrets): () => Check {
  return () => {
    const { provider, unavailable } = secrets.state();
    const oldestSeconds = Math.max(0, ...Object.values(ageing(secrets)).map(({ ageSeconds }) => ageSeconds));
    return { status: unavailable ? 'degraded' : 'ok', details: { provider, oldestSeconds } };
  };
}
