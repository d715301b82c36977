import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { createEnvironmentProvider, createFileProvider } from '../src/index.ts';
import { refusal } from './refusal.ts';

const name = 'SESSION_SECRET';

t.test('the environment', async (t) => {
  const read = (env: NodeJS.ProcessEnv) => createEnvironmentProvider(env).read(name);
  t.equal(await read({}), null);
  t.equal(await read({ [name]: '' }), null);
  t.match(await read({ [name]: 'new', [`${name}_PREVIOUS`]: 'old, , older' }), {
    current: { value: 'new' },
    previous: [{ value: 'old' }, { value: 'older' }],
  });
  const many = Array.from({ length: 9 }, (_, at) => at).join();
  t.equal((await read({ [name]: 'new', [`${name}_PREVIOUS`]: many }))?.previous.length, 4, 'bounded');
});

t.test('mounted files', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const provider = createFileProvider(folder);
  const path = join(folder, name);
  t.equal(await provider.read(name), null);
  await writeFile(path, 'new\n');
  const time = new Date('2026-01-02T03:04:05Z');
  await utimes(path, time, time);
  t.strictSame(await provider.read(name), {
    current: { version: '2026-01-02T03:04:05.000Z', value: 'new', since: time.getTime() },
    previous: [],
  });
  await writeFile(`${path}.previous`, 'old\r\nolder\n');
  t.match((await provider.read(name))?.previous, [{ value: 'old' }, { value: 'older' }]);
  await writeFile(path, '\n');
  t.equal(await provider.read(name), null, 'an empty file is none');
  await writeFile(path, 'x'.repeat(70_000));
  t.equal(await refusal(provider.read(name)), 'malformed');
  await rm(path);
  t.equal(await refusal(createFileProvider(`${folder}/${name}.previous`).read(name)), 'unreachable');
  await t.rejects(provider.read('../etc/passwd'), /cannot be the name/);
  if (process.getuid?.() !== 0) {
    await writeFile(path, 'new');
    await chmod(path, 0);
    t.equal(await refusal(provider.read(name)), 'forbidden');
  }
});
