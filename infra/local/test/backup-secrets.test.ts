import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { backupKeys, readManifest } from '@stockade/backup';
import { listBases, listRepositories } from '@stockade/backup/repository';
import { openSecrets, sealerOf } from '@stockade/secrets';
import { eventually } from '@stockade/testing';
import pg from 'pg';
import t, { type Test } from 'tap';
import { keepBackups } from '../src/backup/keep-backups.ts';
import { startDatabase } from '../src/database.ts';
import { environmentOf, type SystemParts } from '../src/environment.ts';
import { processNames } from '../src/processes.ts';
import { loadSecrets, openAccepted, type Secrets, withEarlier } from '../src/secrets.ts';
import { readSettings } from '../src/settings.ts';

const root = resolve(import.meta.dirname, '../../..');
const keyOf = (letter: string) => letter.repeat(40);
const name = 'MAIL_ENCRYPTION_KEY';

async function makePlace(t: Test) {
  const place = await mkdtemp(join(tmpdir(), 'stockade-rotation-'));
  await chmod(place, 0o711);
  t.teardown(() => rm(place, { recursive: true, force: true }));
  const given = join(place, 'given');
  await mkdir(given);
  const give = (file: string, ...lines: string[]) => writeFile(join(given, file), lines.join('\n'));
  const env = {
    ...{ STOCKADE_HOME: join(place, 'home'), SECRETS_PROVIDER: 'file' },
    ...{ SECRETS_DIR: given, SECRETS_CACHE_SECONDS: '1' },
  };
  await mkdir(env.STOCKADE_HOME, { mode: 0o711 });
  return { place, give, env };
}

/** What a service that seals mail gets from a launcher in that home. */
async function mailSealer(home: string) {
  const env = { STOCKADE_HOME: home };
  const settings = readSettings(env, root);
  const given = withEarlier({ home, production: false, env });
  const secrets = await loadSecrets({
    ...{ home, production: false, embeddedDatabase: true, backups: true, env: given },
  });
  const ports = Object.fromEntries(processNames.map((process) => [process, { port: 1, metricsPort: 1 }]));
  const url = 'postgres://postgres:x@127.0.0.1:1/stockade';
  const parts = { settings, secrets, ports, databaseUrl: url, databaseDirectUrl: url } as SystemParts;
  const wanted = [{ name, isValid: () => true }];
  return sealerOf(await openSecrets(environmentOf('email-scanning', parts, given), wanted), name, 'test');
}

t.test(
  'secrets that change while it runs are in a new backup at once, the earlier ones with them',
  async (t) => {
    const { place, give, env } = await makePlace(t);
    const settings = readSettings(env, root);
    const { home } = settings;
    await give(name, keyOf('a'));
    const load = () => loadSecrets({ home, production: false, embeddedDatabase: true, backups: true, env });
    const secrets = await load();
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    const end = new AbortController();
    const request = {
      ...{ signal: end.signal, hurry: new AbortController().signal },
      stop: (reason: Error) => end.abort(reason),
    };
    const password = secrets.DATABASE_PASSWORD;
    const database = await startDatabase({ home, password, archived: true, request, note });
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query('create database stockade');
    await client.end();
    const looks = { firstMs: 100, everyMs: 300 };
    const backups = await keepBackups({ settings, secrets, env, database, note, looks });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= (async () => {
        backups.serverStops();
        await database.stop();
        await backups.stop();
      })();
      return stopped;
    };
    t.teardown(stop);

    const keys = backupKeys(secrets.BACKUP_KEY);
    const bases = async () => {
      const [repository] = await listRepositories(settings.backups.folder);
      return repository ? (await listBases(repository)).map((id) => ({ repository, id })) : [];
    };
    const untilThereAre = (count: number) =>
      eventually(`${count} backups: ${notes}`, async () => (await bases()).length >= count, 60_000);
    const filesOf = async (at: number) => {
      const { repository, id } = (await bases())[at] as Awaited<ReturnType<typeof bases>>[0];
      const { home: files } = await readManifest(repository, keys, id);
      return [files['secrets.json'], files['earlier-secrets.json']].map((file) => JSON.parse(file ?? '{}'));
    };

    await untilThereAre(1);
    t.match(await filesOf(0), [{ [name]: keyOf('a') }, {}]);
    // Base backups are named by the second.
    await delay(1_100);
    await give(`${name}.previous`, keyOf('a'));
    await give(name, keyOf('b'));
    await untilThereAre(2);
    t.match(await filesOf(1), [{ [name]: keyOf('b') }, { [`${name}_PREVIOUS`]: keyOf('a') }]);
    await delay(1_100);
    await give('DATABASE_PASSWORD', keyOf('p'));
    await untilThereAre(3);
    const [newest] = await filesOf(2);
    t.equal(newest.DATABASE_PASSWORD, password, 'the server goes on with the one that it was started with');
    await delay(2_000);
    t.equal((await bases()).length, 3, 'no more than one for a change');
    await stop();

    const restored = join(place, 'restored');
    const child = spawn(
      process.execPath,
      [join(root, 'infra/local/src/backup/run-restore.ts'), '--into', restored],
      { cwd: root, env: { ...process.env, DATABASE_URL: '', STOCKADE_HOME: home }, stdio: 'pipe' },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    t.equal(code, 0, said);
    const sealer = await mailSealer(restored);
    for (const letter of ['a', 'b']) {
      const old = sealerOf(
        await openSecrets({ [name]: keyOf(letter) }, [{ name, isValid: () => true }]),
        name,
        'test',
      );
      const sealed = old.seal(Buffer.from(`sealed with ${letter}`), 'here');
      t.equal(sealer.open(sealed, 'here').toString(), `sealed with ${letter}`);
    }
  },
);

t.test('what is accepted comes from the provider, the environment and the home', async (t) => {
  const { give, env } = await makePlace(t);
  const home = env.STOCKADE_HOME;
  const started = {
    ...{ [name]: keyOf('s'), BANK_DETAILS_KEY: keyOf('t'), BACKUP_KEY: keyOf('k') },
  } as Secrets;
  await give('BACKUP_KEY', keyOf('l'));
  await give(name, keyOf('n'));
  await give(`${name}.previous`, keyOf('o'), keyOf('m'));
  const accepted = await openAccepted(started, {
    ...env,
    BANK_DETAILS_KEY_PREVIOUS: `${keyOf('u')}, ${keyOf('v')}`,
  });
  t.teardown(() => accepted.close());
  t.match(accepted.values(), {
    [name]: [keyOf('n'), keyOf('o'), keyOf('m')],
    BANK_DETAILS_KEY: [keyOf('t'), keyOf('u'), keyOf('v')],
    // What the log is sealed with until the launcher is started again.
    BACKUP_KEY: [keyOf('k'), keyOf('l')],
  });
  await rm(join(env.SECRETS_DIR, `${name}.previous`));
  await accepted.refresh();
  t.strictSame(accepted.values()[name], [keyOf('n')], 'what was taken away is accepted no more');

  await writeFile(
    join(home, 'earlier-secrets.json'),
    JSON.stringify({ A_PREVIOUS: 'old', B_PREVIOUS: 'old' }),
  );
  const given = { A_PREVIOUS: 'new', B_PREVIOUS: '' };
  t.strictSame(withEarlier({ home, production: false, env: given }), {
    A_PREVIOUS: 'new',
    B_PREVIOUS: 'old',
  });
  t.strictSame(withEarlier({ home, production: true, env: given }), given, 'in production they are given');
});
