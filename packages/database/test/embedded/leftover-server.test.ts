import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { ask, isRunning, password, testFolder, testServer } from './folders.ts';

const module = join(import.meta.dirname, '../../src/embedded/index.ts');

/** A process that has started the server and holds it, as a launcher does. */
async function startOwner(t: Test, dataDir: string) {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const { url, pid } = await startEmbeddedPostgres(${JSON.stringify({ dataDir, password, settings: { fsync: 'off' } })});
    console.log(JSON.stringify({ url, pid }));
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => owner.kill('SIGKILL'));
  const [line] = await once(owner.stdout, 'data');
  return { owner, ...(JSON.parse(String(line)) as { url: string; pid: number }) };
}

t.test('the server of a killed owner is stopped, and its data is there', async (t) => {
  const dataDir = join(await testFolder(t), 'postgres');
  const { owner, url, pid } = await startOwner(t, dataDir);
  await ask(url, 'create table kept as select 7 as answer');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  t.equal(isRunning(pid), true, 'the server outlives its owner');

  const server = await testServer(t, dataDir);
  t.not(server.pid, pid);
  t.equal(await ask(server.url, 'select answer from kept'), 7);
  await t.rejects(ask(url, 'select 1'), { code: 'ECONNREFUSED' }, 'the old one is gone');
});

t.test('owner and server killed: the next start recovers', async (t) => {
  const dataDir = join(await testFolder(t), 'postgres');
  const { owner, url, pid } = await startOwner(t, dataDir);
  await ask(url, 'create table kept as select 8 as answer');
  owner.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  const server = await testServer(t, dataDir);
  t.equal(await ask(server.url, 'select answer from kept'), 8);
});

t.test('the server of a living owner is left alone', async (t) => {
  const dataDir = join(await testFolder(t), 'postgres');
  const { owner, url, pid } = await startOwner(t, dataDir);
  t.teardown(() => process.kill(pid, 'SIGQUIT'));
  await t.rejects(testServer(t, dataDir), {
    message: `the database in ${dataDir} is in use by process ${owner.pid}`,
  });
  t.equal(await ask(url, 'select 1'), 1, 'it goes on');
});

t.test(
  'a pid file whose number is another program’s now does not keep the server from starting',
  async (t) => {
    const dataDir = join(await testFolder(t), 'postgres');
    const first = await testServer(t, dataDir);
    const pidFile = await readFile(join(dataDir, 'postmaster.pid'), 'utf8');
    await first.stop();
    await writeFile(join(dataDir, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    const server = await testServer(t, dataDir);
    t.equal(await ask(server.url, 'select 1'), 1);
  },
);

t.test('an initialisation that was cut short is done again', async (t) => {
  const folder = await testFolder(t);
  const dataDir = join(folder, 'postgres');
  await mkdir(`${dataDir}.initialising`);
  await writeFile(join(`${dataDir}.initialising`, 'PG_VERSION'), '18\n');
  await writeFile(`${dataDir}.password`, 'an old one');
  const server = await testServer(t, dataDir);
  t.equal(await ask(server.url, 'select 1'), 1);
});
