import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { openSecrets, SecretSettingsError, type SecretsReport } from '../src/index.ts';
import { startVault } from './vault-server.ts';

const name = 'SESSION_SECRET';
const wanted = [{ name, isValid: (value: string) => value.length >= 3 }];

async function open(t: Parameters<typeof startVault>[0], env: NodeJS.ProcessEnv) {
  const secrets = await openSecrets(env, wanted);
  const reports: SecretsReport[] = [];
  secrets.observe((report) => void reports.push(report));
  t.teardown(() => secrets.close());
  return { secrets, last: () => reports.at(-1) as SecretsReport, reports };
}

t.test('Vault goes down and comes back', async (t) => {
  const vault = await startVault(t);
  const env = {
    ...{
      SECRETS_PROVIDER: 'vault',
      VAULT_ADDR: vault.address,
      VAULT_TOKEN: 'root-token',
      VAULT_TIMEOUT_MS: '100',
    },
    [name]: 'from the environment',
  };
  vault.put(name, 'from vault');
  const { secrets, last } = await open(t, env);
  t.equal(secrets.current(name), 'from vault');
  t.match(last(), { provider: 'vault', read: [{ name, versions: ['1'] }], failed: [] });

  vault.fail((_, response) =>
    vault.send(response, 503, { errors: ['Vault is sealed'] }, { 'retry-after': '0' }),
  );
  await secrets.refresh();
  t.equal(secrets.current(name), 'from vault', 'the cached value');
  t.match(last(), { read: [], failed: [{ name, reason: /sealed/, used: 'cache', ageSeconds: Number }] });
  t.match(secrets.state(), {
    unavailable: true,
    secrets: { [name]: { versions: ['1'], ageSeconds: Number } },
  });

  const started = await open(t, env);
  t.equal(started.secrets.current(name), 'from the environment', 'started while Vault is down');
  t.match(started.last().failed, [{ name, used: 'environment' }]);
  const { [name]: _, ...without } = env;
  const nothing = await open(t, without);
  t.throws(() => nothing.secrets.current(name), /has no value/);
  t.match(nothing.last().failed, [{ used: 'none' }]);

  vault.fail(null);
  await Promise.all([secrets.refresh(), started.secrets.refresh()]);
  t.equal(started.secrets.current(name), 'from vault');
  t.match(secrets.state(), { unavailable: false });

  vault.remove(name);
  await secrets.refresh();
  t.equal(secrets.current(name), 'from vault', 'taken away by mistake');
  t.match(last().failed, [{ reason: 'it is gone', used: 'cache' }]);
  vault.put(name, 'x');
  await secrets.refresh();
  t.equal(secrets.current(name), 'from vault', 'what cannot be its value is not taken over');
  t.match(last().failed, [{ used: 'cache' }]);
  t.notMatch(JSON.stringify(last()), /from vault|from the environment/, 'no values');
});

t.test('what the provider does not have comes from the environment, without alarm', async (t) => {
  const vault = await startVault(t);
  const { secrets, last } = await open(t, {
    ...{ SECRETS_PROVIDER: 'vault', VAULT_ADDR: vault.address, VAULT_TOKEN: 'root-token' },
    [name]: 'from the environment',
  });
  t.equal(secrets.current(name), 'from the environment');
  t.match(last(), { read: [{ name, versions: ['environment'] }], failed: [] });
});

t.test('a change is seen within the cache time, and used when all have seen it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  const write = (file: string, value: string, ageMs: number) =>
    writeFile(file, value).then(() => utimes(file, new Date(), new Date(Date.now() - ageMs)));
  await write(path, 'first', 60_000);
  const env = { SECRETS_PROVIDER: 'file', SECRETS_DIR: folder, SECRETS_CACHE_SECONDS: '1' };
  const { secrets, reports } = await open(t, env);
  t.equal(secrets.current(name), 'first');
  await write(`${path}.previous`, 'first', 0);
  // Eight of the fifteen seconds are over.
  await write(path, 'second', 8_000);
  const changed = Date.now();
  while (!secrets.accepted(name).includes('second') && Date.now() - changed < 20_000) await delay(20);
  t.ok(Date.now() - changed < 2_500, 'by itself');
  t.strictSame(secrets.accepted(name), ['second', 'first']);
  t.equal(secrets.current(name), 'first', 'other processes may not have it yet');
  while (secrets.current(name) === 'first' && Date.now() - changed < 20_000) await delay(20);
  t.ok(Date.now() - changed >= 6_900);
  t.equal(secrets.current(name), 'second');
  t.ok(reports.length > 2, 'every reading is told');

  await rm(`${path}.previous`);
  await write(path, 'third', 0);
  await secrets.refresh();
  t.equal(secrets.current(name), 'third', 'at once when the old ones were taken away');
});

t.test('its settings', async (t) => {
  const bad = [
    { SECRETS_PROVIDER: 'keychain' },
    { SECRETS_CACHE_SECONDS: '0' },
    { SECRETS_PROVIDER: 'vault', VAULT_ADDR: 'nowhere' },
  ];
  for (const env of bad) await t.rejects(openSecrets(env, wanted), SecretSettingsError);
});
