import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@stockade/testing';
import pg from 'pg';
import t from 'tap';
import { startDatabase } from '../src/database.ts';

const answers = async (url: string) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query('select 1 as one')).rows[0].one === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

t.test('a server that cannot be started for a while is tried again until it can', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'stockade-database-'));
  await chmod(home, 0o711);
  const notes: string[] = [];
  const end = new AbortController();
  const request = {
    ...{ signal: end.signal, hurry: new AbortController().signal },
    stop: (reason: Error) => end.abort(reason),
  };
  const password = 'only for this test, of some length';
  const database = await startDatabase({
    home,
    password,
    archived: false,
    request,
    note: (text) => void notes.push(text),
  });
  t.teardown(async () => {
    await database.stop();
    await rm(home, { recursive: true, force: true });
  });
  t.ok(await answers(database.url));
  const data = join(home, 'postgres');
  const pid = Number.parseInt(await readFile(join(data, 'postmaster.pid'), 'utf8'), 10);
  // PostgreSQL refuses data that everybody may read.
  await chmod(data, 0o777);
  process.kill(pid, 'SIGKILL');
  await eventually(
    'it was tried twice',
    () => notes.filter((note) => note.includes('tried again')).length >= 2,
    60_000,
  );
  t.notOk(end.signal.aborted, 'the launcher does not give up');
  await chmod(data, 0o700);
  await eventually('it answers again, at the same place', () => answers(database.url), 60_000);
});
