import t from 'tap';
import { createObjectStore, parseStoreUrl } from '../../src/storage/object-store.ts';
import { startS3 } from './s3-server.ts';

const s3 = await startS3();
t.teardown(() => s3.stop());
const store = createObjectStore(parseStoreUrl(s3.url), { timeoutMs: 300 });

t.test('objects are written, read, listed and removed, with signatures that hold', async (t) => {
  await store.put('a/1', Buffer.from('one'));
  await store.put('a/2', Buffer.from('two'));
  t.equal((await store.get('a/1', 100))?.toString(), 'one');
  t.equal(await store.get('a/3', 100), null);
  t.strictSame(
    (await store.list(null)).map(({ name }) => name),
    ['a/1', 'a/2'],
  );
  t.strictSame(
    (await store.list('a/1')).map(({ name }) => name),
    ['a/2'],
  );
  await store.delete('a/1');
  await store.delete('a/1');
  t.equal(await store.get('a/1', 100), null);
});

t.test('a folder within the bucket', async (t) => {
  const within = createObjectStore(parseStoreUrl(s3.url.replace('/mail?', '/mail/old/mails?')));
  await within.put('b/1', Buffer.from('one'));
  t.ok(s3.objects.has('old/mails/b/1'));
  t.equal((await within.get('b/1', 100))?.toString(), 'one');
  t.strictSame(
    (await within.list(null)).map(({ name }) => name),
    ['b/1'],
  );
});

t.test('what passes is tried again', async (t) => {
  for (const fault of ['error', 'slow', 'truncated', 'refused'] as const) {
    await store.put('c', Buffer.from('whole'));
    Object.assign(s3, { fault, faults: 1 });
    t.equal((await store.get('c', 100))?.toString(), 'whole', fault);
  }
});

t.test('what does not pass is a 503 that says when to come back', async (t) => {
  for (const fault of ['error', 'slow', 'truncated', 'refused'] as const) {
    Object.assign(s3, { fault, faults: 10, requests: 0 });
    await t.rejects(store.put('d', Buffer.from('x')), {
      ...{ code: 'SERVICE_UNAVAILABLE', statusCode: 503, retryAfter: 5 },
      message: 'The storage of messages cannot be reached right now: try again shortly.',
    });
    t.equal(s3.requests, 3, fault);
    s3.faults = 0;
  }
});

t.test('a wrong secret is refused at once', async (t) => {
  const other = createObjectStore({ ...parseStoreUrl(s3.url), secretAccessKey: 'another' });
  s3.requests = 0;
  await t.rejects(other.put('e', Buffer.from('x')), { code: 'SERVICE_UNAVAILABLE' });
  t.equal(s3.requests, 1);
  t.notOk(s3.objects.has('e'));
});

t.test('an object that is larger than anything of ours is not read', async (t) => {
  await store.put('f', Buffer.alloc(2_000));
  await t.rejects(store.get('f', 1_000), { code: 'SERVICE_UNAVAILABLE' });
});

t.test('addresses of storage', async (t) => {
  t.match(parseStoreUrl('https://k:s%2Fx@s3.example.com/b/c/d?region=eu-west-1'), {
    ...{ endpoint: 'https://s3.example.com/b', prefix: 'c/d/', region: 'eu-west-1' },
    ...{ accessKeyId: 'k', secretAccessKey: 's/x' },
  });
  t.equal(parseStoreUrl('s3://k:s@127.0.0.1:9000/b').endpoint, 'http://127.0.0.1:9000/b');
  for (const bad of ['', 'x', 's3://host/bucket', 's3://k@host/bucket', 's3://k:s@host/', 'http://k:s@h/b'])
    t.throws(() => parseStoreUrl(bad), /MAIL_STORE_URL/, bad);
});
