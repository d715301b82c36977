import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { lastSegmentOf } from '../src/base/manifest.ts';
import { backupKeys, listKept, restore, sourcesFor } from '../src/index.ts';
import { dataOf, listWal, manifestOf, walFile } from '../src/repository.ts';
import { isSegment, segmentName } from '../src/wal/names.ts';
import { rowsIn, startCluster } from './cluster.ts';

t.test('a backup with something wrong in it', async (t) => {
  const cluster = await startCluster(t);
  const { keys, folder, password } = cluster;
  await cluster.insert('1');
  const { repository, manifest: older } = await cluster.takeBase();
  const first = await cluster.insert('2');
  await cluster.archive();
  await new Promise((done) => setTimeout(done, 1_000));
  const { manifest: newer } = await cluster.takeBase();
  const second = await cluster.insert('3');
  await cluster.archive();
  const last = await cluster.insert('4');
  await cluster.archive();
  const segments = (await listWal(repository)).filter(isSegment);
  await cluster.stop();

  const notes: string[] = [];
  const progress = {
    step: <T>(_: string, work: (of: () => void) => Promise<T>) => work(() => {}),
    note: (text: string) => void notes.push(text),
  };
  const signal = new AbortController().signal;
  const restoreTo = async (name: string, to?: Date, with_ = keys) => {
    const dataDir = join(cluster.home, name);
    notes.length = 0;
    const sources = sourcesFor(await listKept(folder, with_), to);
    await restore({ sources, keys: with_, to, dataDir, signal, progress });
    return rowsIn(dataDir, password);
  };
  const nothingAt = (name: string) => t.notOk(existsSync(join(cluster.home, name)), 'nothing was written');
  /** Breaks a file for the length of a test. */
  const broken = async (path: string, how: (bytes: Buffer) => Buffer | null, test: () => Promise<void>) => {
    await copyFile(path, join(cluster.home, 'whole'));
    const bytes = how(await readFile(path));
    await (bytes ? writeFile(path, bytes) : rm(path));
    await test();
    await copyFile(join(cluster.home, 'whole'), path);
  };
  const flip = (bytes: Buffer) => {
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    return bytes;
  };

  t.test('a damaged base backup: the one before it does, with more of the log', async (t) => {
    for (const how of [flip, (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), () => null])
      await broken(dataOf(repository, newer.id).path, how, async () => {
        t.strictSame(await restoreTo(`older ${how}`.slice(0, 20).replaceAll(/\W/g, '-'), second), [
          '1',
          '2',
          '3',
        ]);
        t.match(notes.join(), new RegExp(`${newer.id}/data`), 'and the damage is told');
        await rm(join(cluster.home, `older ${how}`.slice(0, 20).replaceAll(/\W/g, '-')), { recursive: true });
      });
    await broken(manifestOf(repository, newer.id).path, flip, async () => {
      const kept = await listKept(folder, keys);
      t.match(kept, { sources: { length: 1 }, unusable: [{ id: newer.id, reason: /damaged/ }] });
    });
  });

  t.test(
    'a damaged file of the log: told before anything is written, and up to when all is well',
    async (t) => {
      const needed = segments.at(-1) as string;
      await broken(walFile(repository, needed).path, flip, async () => {
        await t.rejects(restoreTo('damaged', last), {
          name: 'SealedFileError',
          message: /is damaged: a moment up to .* can be restored/,
        });
        nothingAt('damaged');
        t.strictSame(
          await restoreTo('before the damage', second),
          ['1', '2', '3'],
          'what does not need it is restored',
        );
      });
    },
  );

  t.test('a missing file of the log: what lies behind it is a gap', async (t) => {
    const missing = segments.at(-1) as string;
    await broken(
      walFile(repository, missing).path,
      () => null,
      async () => {
        await t.rejects(restoreTo('missing', last), { name: 'NotKept', message: /lies after what is kept/ });
        nothingAt('missing');
      },
    );
    // Between the two backups: the older one does not lead to the newer.
    const between = segmentName({ timeline: older.timeline, no: lastSegmentOf(older) + 1n });
    await broken(
      walFile(repository, between).path,
      () => null,
      async () => {
        await t.rejects(restoreTo('gap', new Date(Date.parse(newer.startedAt) - 1)), {
          message: /lies in a gap of what is kept/,
        });
        t.strictSame(await restoreTo('behind', last), ['1', '2', '3', '4']);
      },
    );
  });

  t.test('half a file of the log, under its name', async (t) => {
    await broken(
      walFile(repository, segments.at(-1) as string).path,
      (bytes) => bytes.subarray(0, 500),
      async () => {
        await t.rejects(restoreTo('half', last), { name: 'SealedFileError' });
        nothingAt('half');
      },
    );
  });

  t.test('another key: said so, and nothing is written', async (t) => {
    const other = backupKeys('quite another secret, of more than thirty-two characters');
    const kept = await listKept(folder, other);
    t.match(kept, { sources: { length: 0 } });
    t.match(kept.unusable[0]?.reason, /another BACKUP_KEY/);
    await t.rejects(restoreTo('other', undefined, other), { name: 'NotKept', message: /another BACKUP_KEY/ });
    nothingAt('other');
  });

  t.test('a moment that is not kept: said, with what is', async (t) => {
    const range = `${older.endedAt.slice(0, 19)}`;
    await t.rejects(restoreTo('early', new Date(Date.parse(older.endedAt) - 1)), {
      name: 'NotKept',
      message: new RegExp(`lies before what is kept[^]*${range}`),
    });
    await t.rejects(restoreTo('late', new Date(Date.now() + 60_000)), { message: /lies after what is kept/ });
    nothingAt('early');
    nothingAt('late');
    t.strictSame(await restoreTo('first', first), ['1', '2']);
  });

  t.test('stopped on the way: nothing is left', async (t) => {
    const stop = new AbortController();
    const stopping = {
      step: <T>(title: string, work: (of: () => void) => Promise<T>) => {
        if (title.startsWith('Base')) stop.abort(new Error('stopped'));
        return work(() => {});
      },
      note: () => {},
    };
    const dataDir = join(cluster.home, 'stopped');
    const sources = sourcesFor(await listKept(folder, keys), undefined);
    await t.rejects(
      restore({ sources, keys, to: undefined, dataDir, signal: stop.signal, progress: stopping }),
      { message: 'stopped' },
    );
    nothingAt('stopped');
  });
});
