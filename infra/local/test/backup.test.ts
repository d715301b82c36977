import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import t from 'tap';

const root = resolve(import.meta.dirname, '../../..');

/** One of the commands, as npm runs it. */
async function run(script: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'infra/local/src/backup', script), ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'close');
  return { code, said };
}

/** Once more when a busy machine is not quite ready. */
const call = (stack: Stack, key: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
  fetch(`${stack.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).then(async (answer) => {
    const content = await answer.json();
    if (answer.status === 503) {
      await new Promise((done) => setTimeout(done, 1_000));
      return call(stack, key, path, body);
    }
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(content)}`);
    return content as Record<string, unknown>;
  });

t.test('backups of a running Stockade', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'stockade-backups-'));
  await chmod(place, 0o711);
  t.teardown(() => rm(place, { recursive: true, force: true }));
  const home = join(place, 'home');
  const env = { STOCKADE_HOME: home, DATABASE_URL: '', BACKUP: 'true' };
  const stack = await startStack(t, env);
  const { apiKey, operatorKey } = stack.credentials;
  const { BACKUP_KEY: key } = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
  const addSite = (code: string) => call(stack, apiKey, '/v1/inventory/sites', { code, name: code });
  await addSite('BEFORE');

  await t.test('on demand', async (t) => {
    const { code, said } = await run('run-backup.ts', [], env);
    t.equal(code, 0, said);
    t.match(said, /Restores {2}any moment since \d{4}-/);
    const folder = join(home, 'backups');
    t.equal((await stat(folder)).mode & 0o077, 0, 'nobody else looks into it');
    t.notOk(said.includes(key), 'the key is not printed');
    const [systemId = ''] = await readdir(folder);
    const names = (await readdir(join(folder, systemId, 'base'))).filter((name) => name.endsWith('Z'));
    t.ok(names.length >= 1, 'the daily one may have come before');
    const manifest = await readFile(join(folder, systemId, 'base', names[0] ?? '', 'manifest'));
    t.notOk(manifest.includes('secrets.json'), 'nothing is readable');
  });

  await t.test('health and metrics tell the last one', async (t) => {
    const check = await eventually(
      'the launcher has seen it',
      async () => {
        const { checks } = await call(stack, operatorKey, '/health/detailed');
        const { backups } = checks as Record<string, { status: string; details: Record<string, unknown> }>;
        return backups?.details.lastBackupAt && backups;
      },
      60_000,
    );
    t.match(check, { status: 'ok', details: { lastBackupAt: /^\d{4}-/, problems: [] } });
    const { metricsPort } = await stack.process('gateway');
    const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then((answer) => answer.text());
    const value = /^stockade_backup_last_success_timestamp_seconds\S* (\S+)$/m.exec(metrics)?.[1];
    t.ok(Math.abs(Number(value) - Date.now() / 1_000) < 600, `${value}`);
    const file = join(home, 'backup-status.json');
    const status = JSON.parse(await readFile(file, 'utf8'));
    const old = new Date(Date.now() - 27 * 3_600_000).toISOString();
    await writeFile(file, JSON.stringify({ ...status, lastBackupAt: old }));
    // The launcher writes it anew every ten seconds, with what is there.
    const late = (await call(stack, operatorKey, '/health/detailed')).checks as Record<string, unknown>;
    t.match(late.backups, {
      status: 'degraded',
      details: { problems: ['the last backup is older than 26 hours'] },
    });
  });

  const moment = new Date();
  await new Promise((done) => setTimeout(done, 1_500));
  await addSite('AFTER');
  t.equal(await stack.stop(), 0, 'it ends in order');

  await t.test('what is kept is listed; what cannot be restored is said', async (t) => {
    const { said, code } = await run('run-restore.ts', ['--list'], env);
    t.equal(code, 0, said);
    t.match(said, /Any moment can be restored:\n {2}\d{4}-/);
    const refusals: [string[], Record<string, string>, RegExp][] = [
      [['--to', 'yesterday'], env, /must be a time with its zone/],
      [['--to', '2026-01-31T09:30:00'], env, /must be a time with its zone/],
      [['--to', '2020-01-01T00:00:00Z'], env, /lies before what is kept/],
      [['--into', home], env, /holds a Stockade already \(postgres, secrets.json, credentials.json\)/],
      [['--unknown'], env, /npm run restore --/],
      [[], { ...env, BACKUP_KEY: 'another key of more than thirty-two characters' }, /another BACKUP_KEY/],
      [[], { ...env, STOCKADE_HOME: join(place, 'none') }, /No BACKUP_KEY/],
    ];
    for (const [args, settings, message] of refusals) {
      const refused = await run('run-restore.ts', args, settings);
      t.equal(refused.code, 1, args.join(' '));
      t.match(refused.said, message);
    }
    t.strictSame((await readdir(place)).sort(), ['home'], 'nothing was made');
  });

  await t.test('a moment is restored with the key alone, and starts', async (t) => {
    const keyFile = join(place, 'kept-key');
    await writeFile(keyFile, `${key}\n`);
    const other = join(place, 'other');
    const from = join(home, 'backups');
    const args = ['--to', moment.toISOString(), '--into', other, '--from', from, '--key-file', keyFile];
    const { code, said } = await run('run-restore.ts', args, { STOCKADE_HOME: join(place, 'lost') });
    t.equal(code, 0, said);
    t.match(said, new RegExp(`STOCKADE_HOME=${other} npm start`));
    for (const file of ['secrets.json', 'credentials.json'])
      t.equal((await stat(join(other, file))).mode & 0o777, 0o600);
    const again = await run('run-restore.ts', args, { STOCKADE_HOME: join(place, 'lost') });
    t.match(again.said, /holds a Stockade already/);
    const second = await startStack(t, { STOCKADE_HOME: other, DATABASE_URL: '' });
    const sites = (await call(second, apiKey, '/v1/inventory/sites')).data as { code: string }[];
    t.strictSame(
      sites.map((site) => site.code),
      ['BEFORE'],
    );
    t.match(await run('run-restore.ts', [...args, '--replace'], env), {
      code: 1,
      said: /in use by another launcher/,
    });
    await second.stop();
  });

  await t.test('what is in the way is moved aside when that is asked for', async (t) => {
    const { code, said } = await run('run-restore.ts', ['--into', home, '--replace'], env);
    t.equal(code, 0, said);
    const aside = (await readdir(home)).find((name) => name.startsWith('replaced-')) ?? '';
    t.ok((await readdir(join(home, aside))).includes('postgres'), 'nothing is deleted');
    const again = await startStack(t, env);
    const sites = (await call(again, apiKey, '/v1/inventory/sites')).data as { code: string }[];
    t.strictSame(sites.map((site) => site.code).sort(), ['AFTER', 'BEFORE'], 'the newest moment');
    await addSiteTo(again);
    const taken = await run('run-backup.ts', [], env);
    t.equal(taken.code, 0, `a backup of the new timeline: ${taken.said}`);
    await again.stop();
    const listed = await run('run-restore.ts', ['--list'], env);
    t.notMatch(listed.said, /of no use/, listed.said);
    t.match(listed.said, /Any moment can be restored/);
  });

  async function addSiteTo(running: Stack) {
    await call(running, apiKey, '/v1/inventory/sites', { code: 'LATER', name: 'later' });
  }
});

t.test('what is not ours to back up', async (t) => {
  const url = 'postgres://user:secret@127.0.0.1:1/db';
  const theirs = await run('run-backup.ts', [], { DATABASE_URL: url });
  t.equal(theirs.code, 1);
  t.match(theirs.said, /pgBackRest[\s\S]*Nothing was done/);
  t.notOk(theirs.said.includes('secret@'));
  t.match(await run('run-backup.ts', [], { BACKUP: 'false' }), { code: 1, said: /BACKUP=false/ });
  t.match(await run('run-backup.ts', [], { STOCKADE_HOME: '/nonexistent' }), {
    code: 1,
    said: /No Stockade runs/,
  });
});
