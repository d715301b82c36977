import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { VaultLogin } from '../src/vault/login.ts';
import { createVaultProvider } from '../src/vault/provider.ts';
import { readVaultSettings } from '../src/vault/settings.ts';
import { refusal } from './refusal.ts';
import { startVault } from './vault-server.ts';

const name = 'SESSION_SECRET';
const rootToken: VaultLogin = { kind: 'token', token: 'root-token' };

async function start(test: Parameters<typeof startVault>[0], login = rootToken) {
  const vault = await startVault(test);
  const options = { address: vault.address, namespace: 'team/a', timeoutMs: 200, login };
  return { vault, provider: createVaultProvider({ ...options, mount: 'secret', path: 'stockade' }) };
}

t.test('versions: the newest live one is current, older live ones are accepted', async (t) => {
  const { vault, provider } = await start(t);
  t.equal(await provider.read(name), null, 'there is none');
  for (const value of ['one', 'two', 'three', 'four']) vault.put(name, value);
  t.match(await provider.read(name), {
    current: { version: '4', value: 'four', since: Number },
    previous: [{ value: 'three' }, { value: 'two' }, { value: 'one' }],
  });
  t.equal(vault.calls[0]?.headers['x-vault-namespace'], 'team/a');
  t.equal(vault.calls[0]?.headers['x-vault-request'], 'true');

  vault.softDelete(name, 3);
  vault.destroy(name, 1);
  t.match((await provider.read(name))?.previous, [{ version: '2' }]);
  t.equal((await provider.read(name))?.previous.length, 1);
  vault.softDelete(name, 2, new Date(Date.now() + 60_000));
  t.equal((await provider.read(name))?.previous.length, 1, 'its deletion lies ahead');
  vault.softDelete(name, 4);
  t.match(await provider.read(name), { current: { value: 'two' }, previous: [] }, 'taken back');
  vault.destroy(name, 2);
  t.equal(await provider.read(name), null, 'all are gone');

  for (let at = 0; at < 9; at++) vault.put(name, `value ${at}`);
  t.equal((await provider.read(name))?.previous.length, 4, 'bounded');
});

t.test('a version that is deleted between two calls is left out', async (t) => {
  const { vault, provider } = await start(t);
  vault.put(name, 'one');
  vault.put(name, 'two');
  const live = { created_time: new Date().toISOString(), deletion_time: '', destroyed: false };
  vault.faults.push((_, response) => vault.send(response, 200, { data: { versions: { 1: live, 2: live } } }));
  vault.softDelete(name, 2);
  t.match(await provider.read(name), { current: { version: '1', value: 'one' }, previous: [] });
});

t.test('what passes is tried again, three times', async (t) => {
  const { vault, provider } = await start(t);
  vault.put(name, 'one');
  for (const status of [412, 429, 500, 502, 503]) {
    vault.faults.push((_, response) =>
      vault.send(response, status, { errors: ['x'] }, { 'retry-after': '0' }),
    );
    t.match(await provider.read(name), { current: { value: 'one' } }, String(status));
  }
  vault.faults.push((request) => request.socket.destroy());
  vault.faults.push(() => {});
  t.match(await provider.read(name), { current: { value: 'one' } }, 'a lost connection, then a slow answer');

  const reasons = { 429: 'throttled', 500: 'unreachable', 503: 'sealed' };
  for (const [status, reason] of Object.entries(reasons)) {
    const before = vault.calls.length;
    vault.fail((_, response) => vault.send(response, Number(status), { errors: [] }, { 'retry-after': '0' }));
    t.equal(await refusal(provider.read(name)), reason);
    t.equal(vault.calls.length - before, 3);
  }
  vault.fail(() => {});
  t.equal(await refusal(provider.read(name)), 'slow');
  await vault.stop();
  t.equal(await refusal(provider.read(name)), 'unreachable');
});

t.test('what is no answer of Vault is refused', async (t) => {
  const { vault, provider } = await start(t);
  vault.put(name, 'one');
  const bodies: [number, string][] = [
    [200, '<html>'],
    [200, '{}'],
    [200, '{"data":{"versions":7}}'],
    [200, 'null'],
    [400, '{"errors":["bad"]}'],
    [200, 'x'.repeat(2_000_000)],
  ];
  for (const [status, body] of bodies) {
    vault.fail((_, response) => void response.writeHead(status).end(body));
    t.equal(await refusal(provider.read(name)), 'malformed', body.slice(0, 20));
  }
  vault.fail((_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end());
  t.equal(await refusal(provider.read(name)), 'unreachable', 'the token goes nowhere else');
  vault.fail(null);
  vault.put(name, 7);
  t.equal(await refusal(provider.read(name)), 'malformed', 'a value that is no text');
  await t.rejects(provider.read('../../sys/seal'), /cannot be the name/);
});

t.test('signing in', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'vault-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'secret');

  await t.test('with a token from a file that an agent renews', async (t) => {
    const { vault, provider } = await start(t, { kind: 'token-file', path: file });
    vault.put(name, 'one');
    t.equal(await refusal(provider.read(name)), 'forbidden', 'no file');
    await writeFile(file, 'stale\n');
    t.equal(await refusal(provider.read(name)), 'forbidden');
    await writeFile(file, 'root-token\n');
    t.match(await provider.read(name), { current: { value: 'one' } });
  });

  await t.test('with an AppRole', async (t) => {
    await writeFile(file, 'secret-id\n');
    const { vault, provider } = await start(t, {
      ...{ kind: 'approle', mount: 'approle', roleId: 'role', secretIdFile: file },
    });
    const logins = () => vault.calls.filter(({ url }) => url.endsWith('/login')).length;
    vault.put(name, 'one');
    t.equal(await refusal(provider.read(name)), 'forbidden', 'nobody knows the role');
    vault.logins.set('role', 'secret-id');
    const before = logins();
    await Promise.all([provider.read(name), provider.read(name)]);
    await provider.read(name);
    t.equal(logins() - before, 1, 'one token for all');
    vault.tokens.clear();
    t.match(await provider.read(name), { current: { value: 'one' } }, 'a revoked token is replaced');
    vault.tokens.clear();
    vault.lease(0.01);
    await provider.read(name);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const expired = logins();
    await provider.read(name);
    t.ok(logins() > expired, 'and one that is about to expire');
  });
});

t.test('its settings', async (t) => {
  const good = { VAULT_ADDR: 'https://vault.example:8200/', VAULT_TOKEN: 'hunter2' };
  t.match(readVaultSettings(good), {
    ...{ address: 'https://vault.example:8200', mount: 'secret', path: 'stockade', timeoutMs: 2_000 },
    login: { kind: 'token' },
  });
  const approle = { VAULT_ROLE_ID: 'r', VAULT_SECRET_ID_FILE: '/s' };
  t.match(readVaultSettings({ ...good, ...approle }).login, { kind: 'approle' });
  t.match(readVaultSettings({ ...good, VAULT_TOKEN_FILE: '/t' }).login, { kind: 'token-file' });
  t.match(readVaultSettings({ ...good, VAULT_ADDR: 'http://127.0.0.1:8200' }), { address: String });
  const bad = {
    VAULT_ADDR: 'http://vault.example',
    VAULT_MOUNT: '../sys',
    VAULT_PATH: 'a//b',
    VAULT_TIMEOUT_MS: 'soon',
    VAULT_TOKEN: '',
  };
  for (const [key, value] of Object.entries(bad))
    t.throws(() => readVaultSettings({ ...good, [key]: value }), new RegExp(key));
});
