import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { Type } from 'typebox';
import { ConfigError, isHeldSecret, readSettings, Secret } from '../src/config.ts';
import { createLogger } from '../src/logger.ts';
import { createMetrics } from '../src/metrics.ts';
import { observeSecrets, secretsCheck } from '../src/secrets.ts';

const schema = Type.Object({
  PORT: Type.Integer(),
  SESSION_SECRET: Secret('x'),
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://', ...isHeldSecret })),
});
const value = (letter: string) => letter.repeat(40);

const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
t.teardown(() => rm(folder, { recursive: true }));
const file = join(folder, 'SESSION_SECRET');
const env = { PORT: '1', SECRETS_PROVIDER: 'file', SECRETS_DIR: folder };

t.test('settings that hold secrets come from the provider', async (t) => {
  await writeFile(file, value('a'));
  await writeFile(join(folder, 'PORT'), '7');
  const { config, secrets } = await readSettings(schema, { ...env, SMTP_URL: 'smtp://x' });
  t.teardown(() => secrets.close());
  t.strictSame(config, { PORT: 1, SESSION_SECRET: value('a'), SMTP_URL: 'smtp://x' });
  t.equal(secrets.current('SESSION_SECRET'), value('a'));
});

t.test('what is missing or bad is named, and no value', async (t) => {
  await rm(file, { force: true });
  await t.rejects(readSettings(schema, env), /SESSION_SECRET is missing/);
  await writeFile(file, 'hunter2');
  const error = await readSettings(schema, env).catch((error) => error);
  t.ok(error instanceof ConfigError);
  t.match(error.message, /SESSION_SECRET/);
  t.notMatch(error.message, /hunter2/);
  await t.rejects(
    readSettings(schema, { ...env, SECRETS_PROVIDER: 'vault' }),
    /VAULT_ADDR(.|\n)*\.env\.example/,
  );
});

t.test('every reading is on record, and a failed one sounds the alarm', async (t) => {
  await writeFile(file, value('a'));
  const { secrets } = await readSettings(schema, env);
  t.teardown(() => secrets.close());
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const log = await createLogger({ service: 'identity', level: 'error', format: 'json', stream });
  const registry = createMetrics('identity');
  observeSecrets(secrets, { log, registry });
  const last = () => JSON.parse(lines.at(-1) ?? '{}');
  t.match(last(), {
    ...{ event: 'secret-access', service: 'identity', provider: 'file', time: String },
    read: [{ name: 'SESSION_SECRET', versions: [String] }],
  });
  t.match(secretsCheck(secrets)(), { status: 'ok', details: { provider: 'file' } });

  await rm(file);
  await secrets.refresh();
  t.match(last(), {
    ...{ level: 'error', code: 'SECRETS_UNAVAILABLE', stale: false },
    failed: [{ name: 'SESSION_SECRET', used: 'cache' }],
  });
  t.match(secretsCheck(secrets)(), { status: 'degraded' });
  const metrics = await registry.metrics();
  t.match(metrics, /stockade_secrets_unavailable\{service="identity"\} 1/);
  t.match(metrics, /stockade_secret_age_seconds\{name="SESSION_SECRET",service="identity"\} \d/);
  t.match(
    metrics,
    /stockade_secret_reads_total\{name="SESSION_SECRET",outcome="failed",service="identity"\} 1/,
  );
  t.notMatch(lines.join(''), new RegExp(value('a')));
});
