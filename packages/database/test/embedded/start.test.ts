import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { freePort, startEmbeddedPostgres } from '@stockade/database/embedded';
import t from 'tap';
import { ask, isRunning, password, testFolder, testServer } from './folders.ts';

t.test('a new server', async (t) => {
  const folder = await testFolder(t);
  const { url, port } = await testServer(t, join(folder, 'postgres'));

  t.equal(await ask(url, 'select current_user'), 'postgres', 'lets the superuser in with the password');
  await t.rejects(
    ask(url.replace(encodeURIComponent(password), 'wrong'), 'select 1'),
    { code: '28P01' },
    'refuses another password',
  );
  t.equal(
    await ask(url, "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'postgres'"),
    true,
    'keeps it as SCRAM',
  );
  t.equal(await ask(url, 'show max_connections'), '200');
  t.equal(await ask(url, 'show listen_addresses'), '127.0.0.1');
  t.equal(await ask(url, 'show unix_socket_directories'), '', 'has no socket in a shared folder');
  t.equal(
    await ask(url, "select datlocale from pg_database where datname = 'template1'"),
    'C.UTF-8',
    'sorts the same on every machine',
  );
  t.equal(await ask(url, 'show server_encoding'), 'UTF8');
  t.strictSame(await readdir(folder), ['postgres'], 'leaves no password file and no half-made data');
  t.equal((await stat(join(folder, 'postgres'))).mode & 0o777, 0o700, 'closes its data to others');

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4');
  if (outside) t.equal(await reaches(outside.address, port), false, 'is not reachable from outside');
});

t.test('a second start finds the data of the first, and fsync is on unless switched off', async (t) => {
  const dataDir = join(await testFolder(t), 'postgres');
  const first = await testServer(t, dataDir);
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  t.equal(isRunning(first.pid), false, 'stop leaves no process');
  await first.exited;

  const second = await testServer(t, dataDir, { settings: {} });
  t.equal(await ask(second.url, 'select answer from kept'), 42);
  t.equal(await ask(second.url, 'show fsync'), 'on');
});

t.test('a fixed port is used, and one that stays taken is an error that names it', async (t) => {
  const folder = await testFolder(t);
  const port = await freePort();
  const server = await testServer(t, join(folder, 'one'), { port });
  t.equal(server.port, port);
  await t.rejects(testServer(t, join(folder, 'two'), { port }), {
    message: new RegExp(`port ${port}|Address already in use`),
  });
});

t.test('a folder with something else in it is left alone', async (t) => {
  const folder = await testFolder(t);
  await t.rejects(startEmbeddedPostgres({ dataDir: join(import.meta.dirname), password }), {
    message: /neither empty nor a PostgreSQL data directory/,
  });
  t.strictSame(await readdir(folder), []);
});

t.test('giving up during the first start leaves neither a process nor half-made data', async (t) => {
  const folder = await testFolder(t);
  for (const afterMs of [0, 120, 300]) {
    const start = startEmbeddedPostgres({
      dataDir: join(folder, 'postgres'),
      password,
      signal: AbortSignal.timeout(afterMs),
    });
    await t.rejects(start, { name: 'TimeoutError' });
    const left = (await readdir(folder)).filter((name) => name !== 'postgres');
    t.strictSame(left, [], `after ${afterMs} ms`);
  }
  const server = await testServer(t, join(folder, 'postgres'));
  t.equal(await ask(server.url, 'select 1'), 1, 'and a later start works');
});

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const finish = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => finish(true));
    socket.on('error', () => finish(false));
    socket.on('timeout', () => finish(false));
  });
}
