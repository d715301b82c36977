import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { seal, sealedAt, unsealAll, verifySealed } from '../src/sealed/file.ts';
import { backupKeys } from '../src/sealed/keys.ts';

const folder = await mkdtemp(join(tmpdir(), 'stockade-sealed-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const keys = backupKeys('the first secret, of thirty-two characters or more');
const time = new Date('2026-01-02T03:04:05.678Z');
const place = (name: string) => ({ path: join(folder, name), name });
// Three chunks of what cannot be compressed, and one that is not full.
const content = randomBytes(3 * 1024 * 1024 + 5);

async function sealContent(name: string) {
  return seal(place(name), keys, time, [content.subarray(0, 1_000_000), content.subarray(1_000_000)]);
}

async function change(name: string, how: (bytes: Buffer) => Buffer) {
  await writeFile(join(folder, name), how(await readFile(join(folder, name))));
}

t.test('what was sealed comes out again, with its time', async (t) => {
  for (const [name, bytes] of [
    ['empty', Buffer.alloc(0)],
    ['small', Buffer.from('text')],
    ['whole chunks', Buffer.alloc(5 * 1024 * 1024)],
    ['large', content],
  ] as const) {
    const { bytes: size } = await seal(place(name), keys, time, [bytes]);
    t.ok((await unsealAll(place(name), keys)).equals(bytes), name);
    t.equal((await stat(join(folder, name))).size, size, 'its size is told');
    t.same(await sealedAt(join(folder, name)), time);
  }
  t.ok((await stat(join(folder, 'whole chunks'))).size < 10_000, 'compressed');
  t.notOk((await readFile(join(folder, 'small'))).includes('text'), 'not to be read');
});

t.test('any change is found: a bit, a cut at a chunk, chunks changed about, something added', async (t) => {
  const chunk = 4 + 1024 * 1024 + 16;
  const changes: Record<string, (bytes: Buffer) => Buffer> = {
    'a bit of the content': (bytes) => flip(bytes, 5_000),
    'a bit of the header': (bytes) => flip(bytes, 50),
    'a length': (bytes) => flip(bytes, 58),
    'the first bytes': (bytes) => flip(bytes, 0),
    'the last byte': (bytes) => flip(bytes, bytes.length - 1),
    'cut after a chunk': (bytes) => bytes.subarray(0, 56 + 2 * chunk),
    'cut within a chunk': (bytes) => bytes.subarray(0, 56 + chunk + 100),
    'nothing left': () => Buffer.alloc(0),
    'one chunk twice': (bytes) => Buffer.concat([bytes.subarray(0, 56 + chunk), bytes.subarray(56)]),
    'more behind the end': (bytes) => Buffer.concat([bytes, Buffer.from('more')]),
  };
  for (const [what, how] of Object.entries(changes)) {
    await sealContent('changed');
    await change('changed', how);
    await t.rejects(
      verifySealed(place('changed'), keys),
      { name: 'SealedFileError', reason: 'damaged' },
      what,
    );
    await t.rejects(unsealAll(place('changed'), keys), { name: 'SealedFileError' }, what);
  }
});

t.test('a file in the place of another does not open', async (t) => {
  await sealContent('one');
  await rename(join(folder, 'one'), join(folder, 'other'));
  await t.rejects(verifySealed(place('other'), keys), { name: 'SealedFileError', reason: 'damaged' });
});

t.test('another key is called another key; an earlier one still opens', async (t) => {
  await sealContent('keyed');
  const next = 'the second secret, of thirty-two characters or more';
  await t.rejects(verifySealed(place('keyed'), backupKeys(next)), {
    name: 'SealedFileError',
    reason: 'key',
    message: /another BACKUP_KEY/,
  });
  const both = backupKeys(next, ['the first secret, of thirty-two characters or more']);
  t.ok((await unsealAll(place('keyed'), both)).equals(content));
  t.not(both.currentId, keys.currentId);
});

t.test('a write that fails leaves what was there, and nothing half', async (t) => {
  await seal(place('kept'), keys, time, [Buffer.from('the first')]);
  async function* breaks() {
    yield content;
    throw new Error('the disk is full');
  }
  await t.rejects(seal(place('kept'), keys, time, breaks()), { message: 'the disk is full' });
  t.equal((await unsealAll(place('kept'), keys)).toString(), 'the first');
  t.notOk((await readdir(folder)).some((name) => name.endsWith('.tmp')));
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
}
