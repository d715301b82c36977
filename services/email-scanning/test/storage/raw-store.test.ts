import { randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { newId } from '@stockade/database';
import t from 'tap';
import { removeOrphans } from '../../src/storage/clean-up.ts';
import { createObjectStore, parseStoreUrl } from '../../src/storage/object-store.ts';
import { letter, rfc822, scanAccepted, start } from '../service.ts';
import { startS3 } from './s3-server.ts';

const s3 = await startS3();
t.teardown(() => s3.stop());
const inDatabase = await start(t);
const inBucket = await start(t, { MAIL_STORE_URL: s3.url });
const marker = 'the words of the letter '.repeat(20);

for (const [where, service] of Object.entries({ database: inDatabase, bucket: inBucket })) {
  const owner = service.as('owner');
  t.test(`raw messages in the ${where}`, async (t) => {
    const raw = letter({ body: marker });
    const sent = await owner.post('/v1/mail/messages', raw, rfc822);
    t.equal(sent.status, 202);
    const [row] = await service.query<{ body: Buffer | null; object_name: string | null; key_id: string }>(
      'select body, object_name, key_id from raw_messages where message_id = $1',
      [sent.body.id],
    );
    const stored = row?.body ?? s3.objects.get(row?.object_name ?? '')?.body;
    t.equal(row?.body === null, where === 'bucket');
    t.ok(stored && stored.length < raw.length, 'compressed');
    t.notOk(stored?.includes('the words'), 'sealed');
    t.match(row?.key_id, /^[0-9a-f]{16}$/);
    t.equal((await owner.get(`/v1/mail/messages/${sent.body.id}/raw`)).raw.toString(), raw);
    t.equal((await scanAccepted(service, sent.body.id)).outcome, 'handled');

    const other = await owner.post('/v1/mail/messages', letter({ body: 'another' }), rfc822);
    await service.query(
      `update raw_messages r set body = o.body, object_name = o.object_name from raw_messages o
       where r.message_id = $1 and o.message_id = $2`,
      [other.body.id, sent.body.id],
    );
    t.equal((await owner.get(`/v1/mail/messages/${other.body.id}/raw`)).status, 500, 'bound to its message');
  });
}

t.test('what was stored before there were keys is read', async (t) => {
  const owner = inDatabase.as('owner');
  const raw = letter({ body: 'of old' });
  const { body } = await owner.post('/v1/mail/messages', raw, rfc822);
  await inDatabase.query('update raw_messages set body = $2, key_id = null where message_id = $1', [
    body.id,
    zstdCompressSync(raw),
  ]);
  t.equal((await owner.get(`/v1/mail/messages/${body.id}/raw`)).raw.toString(), raw);
  await inDatabase.query('update raw_messages set body = $2 where message_id = $1', [
    body.id,
    zstdCompressSync('something else'),
  ]);
  t.equal((await owner.get(`/v1/mail/messages/${body.id}/raw`)).status, 500, 'not what came');
});

t.test('what cannot be compressed, of the greatest size', async (t) => {
  const owner = inBucket.as('owner');
  const raw = randomBytes(25 * 1024 * 1024);
  const { body } = await owner.post('/v1/mail/messages', raw, rfc822);
  t.ok((await owner.get(`/v1/mail/messages/${body.id}/raw`)).raw.equals(raw));
});

t.test('an outage of the bucket acknowledges nothing', async (t) => {
  const owner = inBucket.as('owner');
  const raw = letter({ body: 'during the outage' });
  Object.assign(s3, { fault: 'refused', faults: 100 });
  const answer = await owner.post('/v1/mail/messages', raw, rfc822);
  t.equal(answer.status, 503);
  t.equal(answer.headers['retry-after'], '5');
  s3.faults = 0;
  t.equal(
    (await owner.post('/v1/mail/messages', raw, rfc822)).body.duplicate,
    undefined,
    'it was not stored',
  );
});

t.test('objects of transactions that never committed are removed once they are old', async (t) => {
  const owner = inBucket.as('owner');
  const { body } = await owner.post('/v1/mail/messages', letter({ body: 'kept' }), rfc822);
  const named = [...s3.objects.keys()].filter((name) => name.endsWith(body.id));
  const orphan = `${inBucket.tenantId}/${newId()}`;
  const young = `${inBucket.tenantId}/${newId()}`;
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  for (const object of s3.objects.values()) object.changedAt = twoDaysAgo;
  s3.objects.set(orphan, { body: Buffer.from('x'), changedAt: twoDaysAgo });
  s3.objects.set('not/ours', { body: Buffer.from('x'), changedAt: twoDaysAgo });
  s3.objects.set(young, { body: Buffer.from('x'), changedAt: new Date() });
  const objects = createObjectStore(parseStoreUrl(s3.url));
  const parts = { after: null, now: new Date(), signal: new AbortController().signal };
  const { removed, next } = await removeOrphans(inBucket.service.systemDb, objects, parts);
  t.equal(next, null, 'the bucket was gone through');
  t.ok(removed >= 1);
  t.notOk(s3.objects.has(orphan));
  for (const name of [...named, young, 'not/ours']) t.ok(s3.objects.has(name), name);
});
