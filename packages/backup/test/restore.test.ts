import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { listKept, type RestoreProgress, restore, sourcesFor, spans } from '../src/index.ts';
import { type Cluster, rowsIn, startCluster } from './cluster.ts';

const progress: RestoreProgress = { step: (_title, work) => work(() => {}), note: () => {} };

async function restoreTo(cluster: Cluster, name: string, to?: Date) {
  const dataDir = join(cluster.home, name);
  const { keys, folder, password } = cluster;
  const sources = sourcesFor(await listKept(folder, keys), to);
  const signal = new AbortController().signal;
  await restore({ sources, keys, to, dataDir, signal, progress });
  return rowsIn(dataDir, password);
}

t.test('a database is restored to any moment since its base backup', async (t) => {
  const cluster = await startCluster(t);
  await cluster.insert('before');
  const { manifest } = await cluster.takeBase();
  const first = await cluster.insert('first');
  const second = await cluster.insert('second');
  await delay(50);
  const quiet = new Date(second.getTime() + 40);
  await cluster.archive();

  t.strictSame(await restoreTo(cluster, 'base', new Date(manifest.endedAt)), ['before']);
  t.strictSame(await restoreTo(cluster, 'first', first), ['before', 'first']);
  t.strictSame(await restoreTo(cluster, 'quiet', quiet), ['before', 'first', 'second']);
  t.strictSame(await restoreTo(cluster, 'newest'), ['before', 'first', 'second']);
  const [span] = spans((await listKept(cluster.folder, cluster.keys)).sources);
  t.same(span?.from, new Date(manifest.endedAt));
  t.ok((span?.until ?? 0) >= quiet);
});

t.test('a base backup after which nothing was archived is worth something at once', async (t) => {
  const cluster = await startCluster(t);
  await cluster.insert('before');
  await cluster.takeBase();
  const kept = await listKept(cluster.folder, cluster.keys);
  const [span] = spans(kept.sources);
  t.ok(span && span.from <= span.until, `${span?.from.toISOString()} to ${span?.until.toISOString()}`);
  t.strictSame(await restoreTo(cluster, 'newest'), ['before']);
  t.strictSame(await restoreTo(cluster, 'moment', span?.until), ['before']);
});
