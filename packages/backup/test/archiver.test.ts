import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { listRepositories, listWal, walFile } from '../src/repository.ts';
import { unsealAll } from '../src/sealed/file.ts';
import { archiveFile, DifferentWal } from '../src/wal/archive-file.ts';
import { startArchiver } from '../src/wal/archiver.ts';
import { hasGap } from '../src/wal/gap.ts';
import { type Cluster, startCluster } from './cluster.ts';

async function repositoryOf({ folder }: Cluster) {
  const [repository] = await listRepositories(folder);
  if (!repository) throw new Error('nothing was archived');
  return repository;
}

async function eventually(what: string, found: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    if (await found()) return;
    await delay(20);
  }
  throw new Error(`Still waiting: ${what}`);
}

t.test('what the server finishes is archived, once and byte for byte', async (t) => {
  const cluster = await startCluster(t);
  await cluster.insert('one');
  await cluster.archive();
  const repository = await repositoryOf(cluster);
  const [name = ''] = await listWal(repository);
  const path = join(cluster.server.dataDir, 'pg_wal', name);
  t.ok((await unsealAll(walFile(repository, name), cluster.keys)).equals(await readFile(path)));
  t.match(cluster.archiver.state(), { problem: null, waiting: 0, archivedUntil: Date });

  await t.test('the same again is fine, another content is refused', async (t) => {
    const file = { name, path, finishedAt: new Date() };
    const before = await readFile(walFile(repository, name).path);
    await archiveFile(repository, cluster.keys, file);
    t.ok((await readFile(walFile(repository, name).path)).equals(before), 'not written again');
    const other = join(cluster.home, 'other');
    await writeFile(other, 'another content');
    await t.rejects(archiveFile(repository, cluster.keys, { ...file, path: other }), DifferentWal);
    t.ok((await readFile(walFile(repository, name).path)).equals(before), 'not overwritten');
  });

  await t.test(
    'a file that is damaged in the archive is archived again while the server has it',
    async (t) => {
      const archived = walFile(repository, name).path;
      await writeFile(archived, (await readFile(archived)).subarray(0, 100));
      await archiveFile(repository, cluster.keys, { name, path, finishedAt: new Date() });
      t.ok((await unsealAll(walFile(repository, name), cluster.keys)).equals(await readFile(path)));
    },
  );

  await t.test('the server stops at once, with its last segment in the archive', async (t) => {
    const started = performance.now();
    await cluster.insert('last');
    const { rows } = await cluster.client.query('select pg_walfile_name(pg_current_wal_lsn()) as name');
    await cluster.stop();
    t.ok(performance.now() - started < 4_000, `${Math.round(performance.now() - started)} ms`);
    t.ok((await listWal(repository)).includes(rows[0].name));
  });
});

t.test(
  'a target that is away: the server keeps the log, and it is archived when the target is back',
  async (t) => {
    const cluster = await startCluster(t);
    await cluster.archive();
    const repository = await repositoryOf(cluster);
    const place = join(repository.folder, repository.systemId);
    // A file where the folder was: nothing can be written there, root or not.
    const names = await listWal(repository);
    await rm(place, { recursive: true });
    await writeFile(place, '');
    await cluster.insert('while it is away');
    const { rows } = await cluster.client.query('select pg_walfile_name(pg_switch_wal()) as name');
    await eventually('the problem is told', () => cluster.archiver.state().problem !== null);
    t.match(cluster.notes.join(), /cannot be archived/);
    t.ok(cluster.archiver.state().waitingSince);
    await cluster.insert('the database goes on');
    await rm(place);
    await mkdir(place);
    await eventually('it is archived', async () =>
      (await listWal(repository).catch((): string[] => [])).includes(rows[0].name),
    );
    await eventually('all is well', () => cluster.archiver.state().problem === null);
    t.notOk(names.includes(rows[0].name));
    t.notOk(await hasGap(cluster.server.dataDir));
  },
);

t.test(
  'a target that stays away: the log is given up before the disk is full, and that is told',
  async (t) => {
    const cluster = await startCluster(t, { maxWaitingBytes: 40 * 1024 * 1024 });
    await cluster.takeBase();
    const repository = await repositoryOf(cluster);
    const place = join(repository.folder, repository.systemId, 'wal');
    await rm(place, { recursive: true });
    await writeFile(place, '');
    for (let no = 0; no < 4; no++) {
      await cluster.insert(`no ${no}`);
      await cluster.client.query('select pg_switch_wal()');
    }
    await eventually('it is given up', () => cluster.notes.some((note) => /are given up/.test(note)));
    t.ok(await hasGap(cluster.server.dataDir), 'a base backup is due');
    await eventually('the server forgets it', async () => {
      const waiting = await readdir(join(cluster.server.dataDir, 'pg_wal/archive_status'));
      return waiting.filter((name) => name.endsWith('.ready')).length < 4;
    });
    await rm(place);
    await eventually('all is well', () => cluster.archiver.state().problem === null);
    await cluster.takeBase();
    t.notOk(await hasGap(cluster.server.dataDir), 'closed by a base backup behind it');
  },
);

t.test(
  'what a killed process left half is no part of the archive, and goes with the next start',
  async (t) => {
    const cluster = await startCluster(t);
    await cluster.archive();
    const repository = await repositoryOf(cluster);
    const archived = await listWal(repository);
    const folder = join(walFile(repository, archived[0] ?? '').path, '..');
    const half = `.${archived[0]}.0123456789ab.tmp`;
    await writeFile(join(folder, half), 'half');
    t.strictSame(await listWal(repository), archived);
    await cluster.archiver.stop();
    const { dataDir } = cluster.server;
    const options = { dataDir, repository, keys: cluster.keys, maxWaitingBytes: 1e9, note: () => {} };
    const next = await startArchiver(options);
    await eventually('it is gone', async () => !(await readdir(folder)).includes(half));
    t.strictSame(await listWal(repository), archived);
    await next.stop();
  },
);
