import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';

const root = resolve(import.meta.dirname, '../../..');

/** Runs a process with nothing in its environment but what is given; gives its exit code and what it said. */
function run(script: string, env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script)], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '', ...env },
  });
  return { status, said: `${stdout}${stderr}` };
}

t.test('the launcher', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'stockade-settings-'));
  t.teardown(() => rm(home, { recursive: true, force: true }));
  const launch = (env: Record<string, string>) =>
    run('infra/local/src/launcher.ts', { STOCKADE_HOME: join(home, 'h'), ...env });

  t.test('names every bad setting, and starts nothing', async (t) => {
    const { status, said } = launch({ PORT: '99999', LOG_LEVEL: 'loud', REDIS_URL: 'http://x' });
    t.equal(status, 1);
    for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL', '.env.example']) t.ok(said.includes(name), name);
    t.notOk(said.includes('http://x'), 'values may be secrets');
    t.notOk(existsSync(join(home, 'h/postgres')));
  });

  t.test('makes no secrets up in production', async (t) => {
    const missing = launch({ NODE_ENV: 'production' });
    t.equal(missing.status, 1);
    const names = [
      'DATABASE_PASSWORD',
      'DATABASE_ROLES_SECRET',
      'PRINCIPAL_PRIVATE_KEY',
      'AUDIT_SIGNING_KEY',
      'AUDIT_ENCRYPTION_KEY',
      'SESSION_SECRET',
      'MFA_ENCRYPTION_KEY',
      'MAIL_ENCRYPTION_KEY',
      'BANK_DETAILS_KEY',
      'BACKUP_KEY',
      'OPERATOR_KEY',
    ];
    for (const name of names) t.match(missing.said, `${name} is missing`);
    const short = launch({
      NODE_ENV: 'production',
      ...Object.fromEntries(names.map((name) => [name, 'too short'])),
    });
    t.equal(short.status, 1);
    for (const name of names) t.match(short.said, `${name} is shorter than 32 characters`);
    t.notOk(short.said.includes('too short'));
    t.notOk(existsSync(join(home, 'h/secrets.json')));
  });
});

t.test('every process checks its own settings before it listens', async (t) => {
  const needed: Record<string, string[]> = {
    gateway: [
      'PORT',
      'PRINCIPAL_PRIVATE_KEY',
      'PRINCIPAL_PUBLIC_KEY',
      'DATABASE_SYSTEM_URL',
      'IDENTITY_URL',
      'AUDIT_URL',
    ],
    'services/identity': [
      'DATABASE_URL',
      'DATABASE_SYSTEM_URL',
      'PRINCIPAL_PUBLIC_KEY',
      'SESSION_SECRET',
      'MFA_ENCRYPTION_KEY',
      'OPERATOR_KEY_HASH',
    ],
    'services/inventory': ['DATABASE_URL', 'PRINCIPAL_PUBLIC_KEY'],
    'services/purchasing': ['DATABASE_URL', 'PRINCIPAL_PUBLIC_KEY'],
    'services/email-scanning': ['DATABASE_URL', 'PRINCIPAL_PUBLIC_KEY', 'MAIL_ENCRYPTION_KEY'],
    'services/audit': ['DATABASE_URL', 'AUDIT_SIGNING_KEY', 'AUDIT_LOG_ORIGIN'],
  };
  for (const [folder, names] of Object.entries(needed)) {
    const { status, said } = run(`${folder}/src/server.ts`, {});
    t.equal(status, 1, folder);
    for (const name of names) t.match(said, new RegExp(`${name} is missing`), `${folder}: ${name}`);
  }
  const bad = run('services/identity/src/server.ts', {
    DATABASE_URL: 'mysql://secret@x',
    SESSION_SECRET: 'short',
    SESSION_HOURS: 'many',
    WEBAUTHN_ORIGINS: 'stockade.example',
  });
  for (const name of ['DATABASE_URL', 'SESSION_SECRET', 'SESSION_HOURS', 'WEBAUTHN_ORIGINS'])
    t.match(bad.said, name);
  t.notMatch(bad.said, /mysql|secret@/, 'no values');
});
