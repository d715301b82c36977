import { importOperations, type MailImport } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { badInputTest, isolationTest } from '@stockade/testing';
import t from 'tap';
import { claimImport, releaseLease } from '../../src/imports/lease.ts';
import { splitMbox } from '../../src/imports/mbox.ts';
import { workOffOne } from '../../src/imports/work-off.ts';
import { letter, settings, start, storageOf } from '../service.ts';
import { mbox, zip } from './files.ts';

const service = await start(t);
const owner = service.as('owner');
const parts = { ...storageOf(settings()), service: service.service };
const never = new AbortController().signal;
const asMbox = { 'content-type': 'application/mbox' };
const asZip = { 'content-type': 'application/zip' };
const imports = '/v1/mail/imports';

const workOff = async () => {
  while (await workOffOne(parts, never));
};
async function run(content: string | Buffer, type: Record<string, string>, query = ''): Promise<MailImport> {
  const sent = await owner.post(`${imports}${query}`, content, type);
  if (sent.status !== 202) throw new Error(`${sent.status} ${sent.raw}`);
  await workOff();
  return (await owner.get(`${imports}/${sent.body.id}`)).body;
}
const countMessages = async () =>
  (await service.query('select 1 from messages where tenant_id = $1', [service.tenantId])).length;
const unix = (body: string) => letter({ body }).replaceAll('\r\n', '\n');

t.test('an mbox comes in, message by message', async (t) => {
  const texts = [unix('one'), unix('two\n\nFrom here on\n>From there'), unix('three')];
  const done = await run(mbox(texts), asMbox, '?source=archive');
  t.match(done, {
    ...{ status: 'completed', format: 'mbox', total: 3, done: 3, accepted: 3, duplicates: 0, refused: 0 },
    ...{ source: 'archive', failure: null, finishedAt: String },
  });
  const { data } = (await owner.get('/v1/mail/messages')).body;
  const raws = await Promise.all(
    data.map(async ({ id }: { id: string }) =>
      (await owner.get(`/v1/mail/messages/${id}/raw`)).raw.toString(),
    ),
  );
  t.strictSame(new Set(raws), new Set(texts), 'each as it was');
  t.ok(data.every(({ source }: { source: string }) => source === 'archive'));
  const again = await run(mbox([...texts, unix('four')]), asMbox);
  t.match(again, { total: 4, accepted: 1, duplicates: 3 });
  t.equal((await service.query('select 1 from import_pieces')).length, 0, 'the file is not kept');
});

t.test('a zip of messages: what is none is refused with its reason', async (t) => {
  const good = letter({ body: 'in a zip' });
  const done = await run(
    zip([
      { name: 'mail/', content: '', method: 0 },
      { name: '__MACOSX/._a.eml', content: 'x' },
      { name: 'mail/good.eml', content: good },
      { name: 'mail/plain.EML', content: letter({ body: 'stored' }), method: 0 },
      { name: 'note.txt', content: 'hello' },
      { name: 'secret.eml', content: 'x', flags: 1 },
      { name: 'odd.eml', content: 'x', method: 12 },
      { name: 'bomb.eml', content: Buffer.alloc(30 * 1024 * 1024) },
      { name: 'liar.eml', content: Buffer.alloc(30 * 1024 * 1024), size: 10 },
      { name: 'changed.eml', content: good, crc: 1 },
      { name: 'empty.eml', content: '' },
      { name: 'same.eml', content: good },
    ]),
    asZip,
  );
  t.match(done, { status: 'completed', total: 10, done: 10, accepted: 2, duplicates: 1, refused: 7 });
  t.strictSame(
    done.refusals.map(({ at, name, reason }) => `${at} ${name} ${reason.slice(0, 16)}`),
    [
      '3 note.txt It is not an .em',
      '4 secret.eml It is encrypted.',
      '5 odd.eml It is compressed',
      '6 bomb.eml It is larger tha',
      '7 liar.eml It is damaged.',
      '8 changed.eml It is damaged.',
      '9 empty.eml It is empty.',
    ],
  );
});

t.test('files that cannot be used', async (t) => {
  const whole = zip([{ name: 'a.eml', content: 'x' }]);
  const cases: [string, string | Buffer, Record<string, string>, RegExp][] = [
    ['no zip', 'hello', asZip, /not a zip/],
    ['cut off', whole.subarray(0, -10), asZip, /not a zip/],
    ['an empty zip', zip([]), asZip, /no messages/],
    ['more than the file holds', zip([{ name: 'a.eml', content: 'x', packed: 10_000 }]), asZip, /damaged/],
    [
      'a directory that is elsewhere',
      Buffer.concat([whole.subarray(0, 40), whole.subarray(-22)]),
      asZip,
      /damaged/,
    ],
    ['an mbox of nothing', 'From x\n', asMbox, /./],
  ];
  for (const [name, content, type, failure] of cases) {
    const done = await run(content, type);
    if (name === 'an mbox of nothing') t.match(done, { status: 'completed', refused: 1, accepted: 0 }, name);
    else t.match(done, { status: 'failed', failure }, name);
  }
  t.equal((await owner.post(imports, '', asMbox)).status, 400);
  t.equal((await owner.post(imports, '{}', { 'content-type': 'application/json' })).status, 415);
  t.equal((await owner.post(imports, Buffer.alloc(64 * 1024 * 1024 + 1), asMbox)).status, 413);
});

t.test('it goes on where it was left, and commits nothing for who lost it', async (t) => {
  const texts = Array.from({ length: 65 }, (_, n) => unix(`resumed ${n}`));
  const sent = await owner.post(imports, mbox(texts), asMbox);
  const before = await countMessages();
  const stop = new AbortController();
  const stopping = {
    ...parts,
    raws: {
      ...parts.raws,
      async put(tenantId: string, raw: Buffer) {
        if (raw.includes('resumed 45')) stop.abort();
        return parts.raws.put(tenantId, raw);
      },
    },
  };
  await workOffOne(stopping, stop.signal);
  const half = (await owner.get(`${imports}/${sent.body.id}`)).body;
  t.match(half, { status: 'running', total: 65, done: 60 });
  t.equal((await countMessages()) - before, 60);
  const lease = await claimImport(service.service.systemDb);
  if (!lease) throw new Error('It was not given back');
  t.equal(await claimImport(service.service.systemDb), null, 'one at a time');
  await releaseLease(service.service.systemDb, lease, { afterSeconds: 0, counts: false });
  await workOff();
  t.match((await owner.get(`${imports}/${sent.body.id}`)).body, {
    ...{ status: 'completed', done: 65, accepted: 65, duplicates: 0 },
  });
  t.equal((await countMessages()) - before, 65);
});

t.test('an import that fails again and again is given up', async (t) => {
  const sent = await owner.post(imports, mbox([unix('never')]), asMbox);
  const broken = async () => {
    throw new Error('broken');
  };
  for (let attempt = 0; attempt < 6; attempt++) {
    await workOffOne({ ...parts, raws: { ...parts.raws, put: broken } }, never);
    await service.query('update imports set leased_until = null');
  }
  t.match((await owner.get(`${imports}/${sent.body.id}`)).body, { status: 'failed', failure: /5 times/ });
  t.equal((await service.query('select 1 from import_pieces')).length, 0, 'its file is not kept');
});

t.test('messages of an mbox, however it is cut into pieces', async (t) => {
  const split = async (text: string, size: number) => {
    async function* pieces() {
      for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
    }
    const found: (string | null)[] = [];
    for await (const { raw } of splitMbox(pieces())) found.push(raw?.toString() ?? null);
    return found;
  };
  const cases: [string, (string | null)[]][] = [
    ['From a\nX: 1\n\nhi\n\nFrom b\nX: 2\n\nho\n', ['X: 1\n\nhi\n', 'X: 2\n\nho\n']],
    ['From a\r\nX: 1\r\n\r\nhi\r\n\r\nFrom b\r\nX: 2\r\n', ['X: 1\r\n\r\nhi\r\n', 'X: 2\r\n']],
    ['X: 1\n\nno mbox at all', ['X: 1\n\nno mbox at all']],
    ['From a\nX: 1\n\nFrom here without a blank line is one\n', ['X: 1\n', 'X: here']],
    ['From a\nX: 1\n\n>From me\n>>From you\n> From\n', ['X: 1\n\nFrom me\n>From you\n> From\n']],
    ['From a\n', [null]],
    ['', []],
  ];
  for (const [text, expected] of cases)
    for (const size of [1, 3, 7, 1_000]) {
      const found = await split(text, size);
      if (expected[1] === 'X: here') t.equal(found.length, 2);
      else t.strictSame(found, expected, `${JSON.stringify(text.slice(0, 30))} by ${size}`);
    }
});

t.test('a message that is too large is passed over in bounded memory', async (t) => {
  async function* pieces() {
    yield Buffer.from('From a\nX: 1\n\nsmall\n\nFrom b\nX: 2\n\n');
    for (let n = 0; n < 40; n++) yield Buffer.alloc(1024 * 1024, 'x');
    for (let n = 0; n < 30; n++) yield Buffer.alloc(1024 * 1024, `${'y'.repeat(63)}\n`);
    yield Buffer.from('\n\nFrom c\nX: 3\n\nlast\n');
  }
  const found: string[] = [];
  for await (const { raw, reason } of splitMbox(pieces())) found.push(raw?.toString() ?? reason ?? '');
  t.match(found, ['X: 1\n\nsmall\n', /larger than/, 'X: 3\n\nlast\n']);
});

t.test('a message of empty lines takes little more memory than its bytes', async (t) => {
  const mib = 1024 * 1024;
  async function* pieces() {
    yield Buffer.from('From a\nX: 1\n\n');
    for (let n = 0; n < 8; n++) yield Buffer.alloc(mib, '\n');
    t.ok(process.memoryUsage().heapUsed - before < 200 * mib);
    yield Buffer.from('end\n');
  }
  const before = process.memoryUsage().heapUsed;
  const found: Buffer[] = [];
  for await (const { raw } of splitMbox(pieces())) if (raw) found.push(raw);
  t.equal(found[0]?.length, 8 * mib + 'X: 1\n\nend\n'.length);
});

t.test('every operation', async (t) => {
  const sample = (await owner.post(imports, mbox([unix('sample')]), asMbox)).body as MailImport;
  const samples = {
    createMailImport: { query: { source: 'archive' }, body: mbox([unix('another')]) },
    listMailImports: { query: { status: 'queued' } },
    getMailImport: { params: { importId: sample.id } },
  };
  await badInputTest(t, service, importOperations, samples, ['imports', 'import_pieces']);
});
t.test('tenants are kept apart', async (t) => {
  t.equal((await service.as('owner', { tenantId: newId() }).get(imports)).body.data.length, 0);
  await isolationTest(t, service, ['imports', 'import_pieces']);
});
