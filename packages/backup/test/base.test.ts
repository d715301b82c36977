import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stockade/database/embedded';
import t from 'tap';
import { applyRetention } from '../src/base/retention.ts';
import { BackupBusy, readManifest, takeBase } from '../src/index.ts';
import { basesOf, listBases, listWal } from '../src/repository.ts';
import { type Cluster, connect, startCluster } from './cluster.ts';

/** `before`: what the shell does first. */
function takeInChild(cluster: Cluster, before = '') {
  const options = JSON.stringify({ url: cluster.server.url, folder: cluster.folder, secret: cluster.secret });
  const script = join(import.meta.dirname, 'take-in-child.ts');
  const child = spawn('sh', ['-c', `${before} exec "$@"`, 'sh', process.execPath, script, options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  return { child, said: () => said };
}

t.test('base backups', async (t) => {
  const cluster = await startCluster(t);
  const { repository, manifest: good } = await cluster.takeBase();
  const untouched = async () => {
    t.strictSame(await listBases(repository), [good.id], 'the last good one is there, and alone counts');
    t.strictSame((await readManifest(repository, cluster.keys, good.id)).data, good.data);
  };

  t.test('the manifest names every file', async (t) => {
    const paths = good.files.map(({ path }) => path);
    t.equal(paths.at(-1), 'global/pg_control', 'what the log does not put right comes last');
    for (const path of ['PG_VERSION', 'postgresql.conf', 'pg_hba.conf']) t.ok(paths.includes(path), path);
    for (const path of ['postmaster.pid', 'stockade-owner.pid', 'postgresql.log'])
      t.notOk(paths.includes(path), path);
    t.notOk(paths.some((path) => path.startsWith('pg_wal/') || path.startsWith('stockade-')));
    t.match(good.backupLabel, /START WAL LOCATION/);
  });

  t.test('one at a time', async (t) => {
    const other = await connect(cluster.server.url);
    await other.query("select pg_advisory_lock(hashtextextended('stockade-backup', 0))");
    await t.rejects(cluster.takeBase(), BackupBusy);
    await other.end();
    await untouched();
  });

  t.test('killed in the midst of it: the earlier one stays, the next one removes what was left', async () => {
    const { child } = takeInChild(cluster);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const left = await readdir(basesOf(repository));
    t.ok(
      left.some((name) => name.endsWith('.unfinished')),
      'it was in the midst of it',
    );
    await untouched();
  });

  t.test('a disk that is full: the error is told, the earlier one stays, nothing is left', async (t) => {
    // No file may grow beyond a megabyte or two, whatever a shell counts in.
    const { child, said } = takeInChild(cluster, 'ulimit -f 2048;');
    const [code] = await once(child, 'exit');
    t.equal(code, 1);
    t.match(said(), /EFBIG/);
    t.strictSame(await readdir(basesOf(repository)), [good.id]);
    await untouched();
    const { rows } = await cluster.client.query(
      "select count(*)::int as sessions from pg_stat_activity where wait_event = 'BackupWaitWalArchive'",
    );
    t.equal(rows[0].sessions, 0, 'the server is in no backup any more');
  });

  t.test('a server that archives nothing is not backed up by half', async (t) => {
    const server = await startEmbeddedPostgres({
      ...{ dataDir: join(cluster.home, 'without'), password: 'of no use', settings: { fsync: 'off' } },
    });
    const client = await connect(server.url);
    const folder = join(cluster.home, 'elsewhere');
    await t.rejects(takeBase({ client, folder, keys: cluster.keys, home: {} }), /BACKUP=true/);
    await t.rejects(readdir(folder), { code: 'ENOENT' });
    await client.end();
    await server.stop();
  });

  t.test('what is older than what is kept goes, with the log that nobody needs any more', async (t) => {
    const wait = async () => {
      // Base backups are named by the second.
      while (new Date().toISOString().slice(0, 19) === last)
        await new Promise((done) => setTimeout(done, 50));
      last = new Date().toISOString().slice(0, 19);
    };
    let last = new Date().toISOString().slice(0, 19);
    await wait();
    const { manifest: second } = await cluster.takeBase();
    await wait();
    const { manifest: third } = await cluster.takeBase();
    const dayMs = 86_400_000;
    const at = (manifest: { startedAt: string }, days: number) =>
      new Date(Date.parse(manifest.startedAt) + days * dayMs);
    const retain = (now: Date, maxBytes = 1e12) =>
      applyRetention(repository, cluster.keys, { keepDays: 30, maxBytes, now });

    t.match(await retain(at(third, 1)), { bases: 0 });
    const before = await listWal(repository);
    // The first is needed for the oldest kept moment until the second is as old itself.
    t.match(await retain(new Date(at(second, 30).getTime() - 1_500)), { bases: 0 });
    t.match(await retain(at(second, 30)), { bases: 1 }, 'then the first is needed by nobody');
    t.match(await retain(at(third, 30)), { bases: 1 });
    t.strictSame(await listBases(repository), [third.id]);
    const after = await listWal(repository);
    t.ok(
      after.length < before.length && after.length > 0,
      `${before.length} files of the log, ${after.length} left`,
    );
    t.match(await retain(at(third, 400), 1), { bases: 0 }, 'the newest stays, however old and large');
    t.strictSame(await listBases(repository), [third.id]);
  });

  t.test('too much for its place: older ones go before their time', async (t) => {
    const { manifest } = await cluster.takeBase();
    const { bytes } = await applyRetention(repository, cluster.keys, { keepDays: 30, maxBytes: 1e12 });
    const removed = await applyRetention(repository, cluster.keys, { keepDays: 30, maxBytes: bytes - 1 });
    t.match(removed, { bases: 1 });
    t.ok(removed.bytes < bytes);
    t.strictSame(await listBases(repository), [manifest.id]);
  });
});
