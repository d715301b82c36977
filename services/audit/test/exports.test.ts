import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { workOffOne } from '@stockade/service-kit';
import { isolationTest } from '@stockade/testing';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { expiredExports } from '../src/exports/work-off.ts';
import { removeBatch } from '../src/retention/remove.ts';
import { ask, download, exported, find, jobs, keepCheckpoint, never, verify, workOff } from './exporting.ts';
import { age, read } from './retention/aged.ts';
import { entry, record, start } from './setup.ts';

const service = await start(t);

/** A tenant of its own with so many entries, every third of them of another action. */
async function tenantWith(count: number, overrides: Record<string, unknown> = {}) {
  const tenantId = newId();
  const events = Array.from({ length: count }, (_, at) =>
    entry(tenantId, at % 3 === 1 ? { action: 'inventory.site.create', ...overrides } : overrides),
  );
  for (let at = 0; at < count; at += 200) await record(service, events.slice(at, at + 200));
  return { tenantId, events, owner: service.as('owner', { tenantId }) };
}

type Line = { kind: string; sequence?: number; entry?: Record<string, unknown> };
const parsed = (lines: string[]): Line[] => lines.map((line) => JSON.parse(line));
const sequences = (lines: string[]) => parsed(lines).flatMap(({ sequence }) => sequence ?? []);

t.test('the whole log: each entry is proven with nothing but the public key', async (t) => {
  const { tenantId, owner } = await tenantWith(70);
  const first = await keepCheckpoint(tenantId, owner);
  await record(service, [entry(tenantId), entry(tenantId)]);
  const { job, text, lines } = await exported(service, owner);
  t.match(job, {
    ...{ format: 'ndjson', status: 'completed', logSize: 72, processedEntries: 72, exportedEntries: 72 },
    ...{ filters: {}, failure: null, finishedAt: String, sizeBytes: Buffer.byteLength(text) },
  });
  t.strictSame(
    sequences(lines),
    Array.from({ length: 72 }, (_, at) => at + 1),
  );
  t.match(await verify(tenantId, text), { found: [], entries: 72, checkpoints: 2, leftOut: 0 });
  t.match(await verify(tenantId, text, [first]), { found: [], compared: [70] });
  const [shown] = (await owner.get('/v1/audit/entries?limit=1')).body.data;
  t.strictSame(parsed(lines).findLast(({ kind }) => kind === 'entry')?.entry, shown, 'the entry itself');
});

t.test('a part of it: the wanted entries alone, each proven', async (t) => {
  const { tenantId, owner, events } = await tenantWith(100);
  const first = await keepCheckpoint(tenantId, owner);
  const since = new Date(Date.now() - 60_000).toISOString();
  const payloads = events.map(({ payload }) => payload as { actor: { id: string }; target: { id: string } });
  const ofActor = payloads[6]?.actor.id ?? '';
  const target = payloads[7]?.target.id;
  const wanted: [object, number][] = [
    ...[[{ action: 'inventory.site.create' }, 33] as [object, number]],
    ...[[{ actorId: ofActor }, 1] as [object, number], [{ targetId: target }, 1] as [object, number]],
    ...[
      [{ targetType: 'item', from: since }, 100] as [object, number],
      [{ to: since }, 0] as [object, number],
    ],
    ...[[{ requestId: 'r-1', search: 'site create' }, 33] as [object, number]],
    ...[[{ search: ofActor }, 1] as [object, number], [{ search: 'SCHRÄUB' }, 100] as [object, number]],
    ...[
      [{ search: 'schräub nothing' }, 0] as [object, number],
      [{ severity: 'warning' }, 0] as [object, number],
    ],
  ];
  for (const [filters, count] of wanted) {
    const name = JSON.stringify(filters);
    const { job, lines, text } = await exported(service, owner, { format: 'ndjson', ...filters });
    t.match(job, { exportedEntries: count, processedEntries: 100, filters }, name);
    t.equal(sequences(lines).length, count, name);
    t.match(await verify(tenantId, text), { found: [], entries: count, leftOut: 100 - count }, name);
  }
  await record(service, [entry(tenantId), entry(tenantId, { action: 'inventory.lot.create' })]);
  const some = { format: 'ndjson', action: 'inventory.lot.create' };
  t.match(await verify(tenantId, (await exported(service, owner, some)).text, [first]), {
    notCompared: [100],
  });
  const comparable = await exported(service, owner, { ...some, since: 100 });
  t.match(await verify(tenantId, comparable.text, [first]), { found: [], compared: [100], entries: 1 });
});

t.test('CSV: quoted as it should be, and no formula', async (t) => {
  const name = '=HYPERLINK("http://evil.example")';
  const changes = { note: { before: null, after: 'two\r\nlines, "quoted"' } };
  const { owner } = await tenantWith(3, { actor: { type: 'user', id: '+49', name }, changes });
  const { text, job } = await exported(service, owner, { format: 'csv' });
  const rows: Record<string, string>[] = parse(text, { columns: true });
  t.match(rows, [
    { sequence: '1', actorName: `'${name}`, actorId: "'+49" },
    { sequence: '2' },
    { sequence: '3' },
  ]);
  t.strictSame(JSON.parse(rows[0]?.changes ?? ''), changes);
  t.equal(text.split('\r\n').length, 5, 'lines end with CRLF');
  t.match(job, { exportedEntries: 3, sizeBytes: Buffer.byteLength(text) });
  const answer = await download(owner, job.id);
  t.match(answer.headers['content-type'], /^text\/csv; charset=utf-8/);
  t.match(answer.headers['content-disposition'], /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
  t.equal(answer.headers['cache-control'], 'no-store');
});

t.test('an empty log is exported as such', async (t) => {
  const tenantId = newId();
  const { text, job } = await exported(service, service.as('owner', { tenantId }));
  t.match(job, { logSize: 0, exportedEntries: 0, status: 'completed' });
  t.match(await verify(tenantId, text), { found: [], entries: 0 });
});

t.test('who asks for one and who reads it is on record; a waiting one is not read', async (t) => {
  const { tenantId, owner } = await tenantWith(2);
  const auditor = service.as('auditor', { tenantId });
  const { body } = await ask(auditor, { format: 'csv', action: 'inventory.item.update' });
  t.match(body, { status: 'queued', logSize: null, processedEntries: 0, expiresAt: String });
  t.match(await download(auditor, body.id), { status: 409, body: { error: { code: 'INVALID_STATE' } } });
  await workOff(service);
  await download(owner, body.id);
  const told = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ aggregateId }) => aggregateId === body.id,
  );
  t.match(
    told.map(({ payload }) => payload),
    [
      {
        action: 'audit.export.create',
        actor: { id: auditor.personId },
        changes: { format: { after: 'csv' } },
      },
      { action: 'audit.export.download', actor: { id: owner.personId }, target: { id: body.id } },
    ],
  );
});

t.test('what makes no sense is refused', async (t) => {
  const owner = service.as('owner', { tenantId: newId() });
  const refused: [object, string][] = [
    [{ format: 'pdf' }, '/format'],
    [{ format: 'csv', since: 3 }, '/since'],
    [{ format: 'ndjson', since: 0 }, '/since'],
    [{ format: 'csv', from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, '/to'],
    [{ format: 'csv', search: '…' }, '/search'],
    [{ format: 'csv', severity: 'loud' }, '/severity'],
    [{ format: 'csv', kind: 'all' }, '/kind'],
  ];
  for (const [body, path] of refused)
    t.match(
      await ask(owner, body),
      { status: 400, body: { error: { details: { errors: [{ path }] } } } },
      path,
    );
  t.strictSame(
    (await owner.get('/v1/audit/exports')).body,
    { data: [], nextCursor: null },
    'nothing was made',
  );
  t.equal((await service.as('operator').post('/v1/audit/exports', { format: 'csv' })).status, 403);
  t.equal((await service.as('viewer').get('/v1/audit/exports')).status, 403);
});

t.test('asked for twice at once with one key, it is made once', async (t) => {
  const { owner } = await tenantWith(1);
  const key = { 'idempotency-key': newId() };
  const answers = await Promise.all([1, 2, 3].map(() => ask(owner, { format: 'csv' }, key)));
  const made = answers.filter(({ status }) => status === 202);
  t.ok(made.length > 0 && answers.every(({ status }) => status === 202 || status === 409));
  t.equal(new Set(made.map(({ body }) => body.id)).size, 1);
  t.equal((await owner.get('/v1/audit/exports')).body.data.length, 1);
});

t.test('only so many wait, also when they are asked for at once', async (t) => {
  const { tenantId, owner } = await tenantWith(1);
  const answers = await Promise.all(Array.from({ length: 14 }, () => ask(owner, { format: 'csv' })));
  t.equal(answers.filter(({ status }) => status === 202).length, 10);
  t.equal(answers.filter(({ status }) => status === 409).length, 4);
  await workOff(service);
  await service.query('update exports set size_bytes = 8::bigint << 30 where tenant_id = $1', [tenantId]);
  t.match(await ask(owner, { format: 'csv' }), { status: 409, body: { error: { message: /8 GiB/ } } });
});

t.test('a process that dies in the middle: another goes on, and no line is there twice', async (t) => {
  const { tenantId, owner } = await tenantWith(9_000);
  for (const filters of [{}, { action: 'inventory.site.create' }]) {
    const { body } = await ask(owner, { format: 'ndjson', ...filters });
    const paused = workOff(service);
    while ((await find(owner, body.id)).processedEntries === 0) await delay(2);
    // Whoever works on it is dead, as far as anybody can tell; and it wakes up again, which is worse.
    await service.query(
      "update exports set leased_until = now() - interval '1 second', lease = gen_random_uuid() where id = $1",
      [body.id],
    );
    const seen = await find(owner, body.id);
    t.ok(seen.processedEntries < 9_000, `${seen.processedEntries} were looked at`);
    // It grows meanwhile, which is nothing to the export.
    await record(service, [entry(tenantId, { action: 'inventory.site.create' })]);
    while ((await find(owner, body.id)).status === 'running') {
      await workOff(service);
      await delay(2);
    }
    await paused;
    const text = (await download(owner, body.id)).raw.toString();
    const job = await find(owner, body.id);
    const entries = 'action' in filters ? 3_001 : 9_000;
    t.match(job, { status: 'completed', logSize: seen.logSize });
    t.match(await verify(tenantId, text), { found: [], entries });
    t.equal((await service.query('select attempts from exports where id = $1', [body.id]))[0]?.attempts, 2);
  }
  const chunks = await service.query<{ bytes: number }>(
    'select octet_length(content) as bytes from export_chunks where tenant_id = $1',
    [tenantId],
  );
  t.ok(chunks.every(({ bytes }) => bytes <= 1024 * 1024));
});

t.test('a process that is told to end gives it back at once', async (t) => {
  const { owner } = await tenantWith(10);
  const { body } = await ask(owner, { format: 'csv' });
  await workOffOne(service.service, jobs, AbortSignal.abort());
  t.match(await find(owner, body.id), { status: 'running', failure: null });
  await workOff(service);
  t.match(await find(owner, body.id), { status: 'completed', exportedEntries: 10 });
});

t.test('retention removes nothing in the midst of an export of the whole log', async (t) => {
  const { tenantId, events, owner } = await tenantWith(10, read);
  await age(service, events[4]?.id ?? '', 91);
  const remove = () => removeBatch(service.service, tenantId, { after: 0, limit: 100 });
  const begin = async (body: object) => {
    const asked = await ask(owner, body);
    await workOffOne(service.service, jobs, AbortSignal.abort());
    return asked.body.id;
  };
  const id = await begin({ format: 'ndjson' });
  t.strictSame(await remove(), []);
  await workOff(service);
  const text = (await download(owner, id)).raw.toString();
  t.match(await verify(tenantId, text), { found: [], entries: 10 });
  await begin({ format: 'ndjson', action: read.action });
  await begin({ format: 'csv' });
  await ask(owner, { format: 'ndjson' });
  t.strictSame(await remove(), [5], 'neither a part nor one that was not begun puts it off');
});

t.test('large entries: a few at a time are in memory, and none is left out', async (t) => {
  const big = { note: { before: null, after: 'ä'.repeat(1_500_000) } };
  const tenantId = newId();
  const owner = service.as('owner', { tenantId });
  for (let at = 0; at < 8; at++) await record(service, [entry(tenantId, at === 0 ? {} : { changes: big })]);
  const { text, job } = await exported(service, owner);
  t.ok(job.sizeBytes > 20_000_000);
  t.match(await verify(tenantId, text), { found: [], entries: 8 });
});

t.test('after seven days an export is gone, with its file', async (t) => {
  const { owner } = await tenantWith(1);
  const { job } = await exported(service, owner, { format: 'csv' });
  const kept = await exported(service, owner, { format: 'csv' });
  const days = (Date.parse(job.expiresAt) - Date.now()) / 86_400_000;
  t.ok(days > 6.9 && days <= 7);
  await service.query("update exports set expires_at = now() - interval '1 second' where id = $1", [job.id]);
  t.equal((await download(owner, job.id)).status, 404, 'also before it is removed');
  t.equal((await owner.get(`/v1/audit/exports/${job.id}`)).status, 404);
  t.equal(await expiredExports.run(service.service, never), 1);
  t.strictSame(await service.query('select id from exports where id = $1', [job.id]), []);
  t.strictSame(await service.query('select no from export_chunks where export_id = $1', [job.id]), []);
  t.equal((await download(owner, kept.job.id)).status, 200);
});

t.test('the list is paged, and filtered by status', async (t) => {
  const { owner } = await tenantWith(1);
  const first = (await exported(service, owner, { format: 'csv' })).job;
  const second = (await ask(owner, { format: 'csv' })).body;
  const page = (await owner.get('/v1/audit/exports?limit=1')).body;
  t.match(page, { data: [{ id: second.id }], nextCursor: String });
  const next = (await owner.get(`/v1/audit/exports?limit=1&cursor=${page.nextCursor}`)).body;
  t.match(next, { data: [{ id: first.id }], nextCursor: null });
  t.match((await owner.get('/v1/audit/exports?status=completed')).body.data, [{ id: first.id }]);
  await workOff(service);
});

t.test('tenants', async (t) => {
  const { tenantId } = service;
  await record(service, [entry(tenantId), entry(tenantId)]);
  const owner = service.as('owner');
  const { job } = await exported(service, owner);
  const { body: waiting } = await ask(owner, { format: 'csv' });
  const other = await tenantWith(1);
  for (const path of ['', '/content'])
    t.equal((await other.owner.get(`/v1/audit/exports/${job.id}${path}`)).status, 404);
  t.strictSame((await other.owner.get('/v1/audit/exports')).body.data, []);
  const { text } = await exported(service, other.owner);
  t.notMatch(text, tenantId);
  t.strictSame(
    (await verify(tenantId, text)).found[0]?.kind,
    'checkpoint',
    "another's export is not taken for one's own",
  );
  t.equal((await find(owner, waiting.id)).status, 'completed', 'jobs of all tenants are worked off');
  await isolationTest(t, service, ['exports', 'export_chunks']);
});
