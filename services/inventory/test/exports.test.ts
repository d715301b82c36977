import { setTimeout as delay } from 'node:timers/promises';
import type { Export } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { workOffOne } from '@stockade/service-kit';
import type { TestCaller } from '@stockade/testing';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { expiredExports, exportJobs } from '../src/exports/work-off.ts';
import { importJobs } from '../src/imports/work-off.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  startInventory,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const never = new AbortController().signal;

type Row = Record<string, string>;

const ask = (caller: TestCaller, body: object) => caller.post('/v1/inventory/exports', body);
const read = async (caller: TestCaller, id: string): Promise<Export> =>
  (await caller.get(`/v1/inventory/exports/${id}`)).body;
const content = (caller: TestCaller, id: string) => caller.get(`/v1/inventory/exports/${id}/content`);

const workOff = async () => {
  while (await workOffOne(service.service, exportJobs, never));
};

async function exported(
  caller: TestCaller,
  body: object,
): Promise<{ job: Export; rows: Row[]; text: string }> {
  const answer = await ask(caller, body);
  if (answer.status !== 202) throw new Error(`The export was answered ${answer.status}: ${answer.raw}`);
  await workOff();
  const text = (await content(caller, answer.body.id)).raw.toString();
  return { job: await read(caller, answer.body.id), text, rows: parse(text, { columns: true }) };
}

t.test('items', async (t) => {
  const tenant = service.as('owner', { tenantId: newId() });
  const plain = await makeItem(tenant, { reorderPoint: '2.5', unit: 'kg', barcode: '4711' });
  const odd = await makeItem(tenant, { name: 'Bracket, "wide"', description: 'Two\nlines' });
  const { job, rows, text } = await exported(tenant, { kind: 'items' });
  t.match(job, { status: 'completed', totalRows: 2, writtenRows: 2, failure: null, finishedAt: String });
  t.match(rows, [
    ...[{ id: plain.id, sku: plain.sku, unit: 'kg', reorderPoint: '2.5', barcode: '4711', active: 'true' }],
    ...[{ id: odd.id, name: 'Bracket, "wide"', description: 'Two\nlines', barcode: '', lotTracked: 'false' }],
  ]);
  t.match(rows[0], { createdAt: plain.createdAt });
  t.match(text, /^id,sku,name,unit,/);
  t.match(await exported(tenant, { kind: 'items', itemId: odd.id }), {
    rows: [{ sku: odd.sku }],
    job: { totalRows: 1 },
  });
  const empty = await exported(service.as('owner', { tenantId: newId() }), { kind: 'balances' });
  t.match(empty, { job: { status: 'completed', totalRows: 0 }, rows: [], text: /^sku,itemId,/ });
});

t.test('balances and movements, with codes and ids', async (t) => {
  const { site, item, movement } = await makeStock(owner, '10');
  const shelf = await makeLocation(owner, site.id);
  const lotted = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, lotted.id, { expiresAt: '2031-02-03T00:00:00.000Z' });
  await move(owner, {
    itemId: lotted.id,
    siteId: site.id,
    locationId: shelf.id,
    lotId: lot.id,
    quantity: '3',
  });
  const other = await makeSite(owner);
  await move(owner, {
    type: 'TRANSFER',
    itemId: item.id,
    siteId: site.id,
    toSiteId: other.id,
    quantity: '4',
  });
  await move(owner, { type: 'ADJUST', itemId: item.id, siteId: site.id, quantity: '-1', reason: '=cmd()' });
  const ofSite = await exported(owner, { kind: 'balances', siteId: site.id });
  t.match(ofSite.rows, [
    ...[
      { sku: item.sku, site: site.code, location: '', lot: '', onHand: '5', reserved: '0', available: '5' },
    ],
    ...[{ sku: lotted.sku, location: shelf.code, locationId: shelf.id, lot: lot.code, onHand: '3' }],
  ]);
  t.match(ofSite.rows[1], { expiresAt: '2031-02-03T00:00:00.000Z', unit: 'each' });
  t.equal(ofSite.rows.length, 2);
  t.equal((await exported(owner, { kind: 'balances', itemId: item.id })).rows.length, 2);

  const moves = await exported(owner, { kind: 'movements', itemId: item.id });
  t.match(moves.rows, [
    ...[{ id: movement.id, type: 'RECEIVE', sku: item.sku, quantity: '10', site: site.code, toSite: '' }],
    ...[{ type: 'TRANSFER', quantity: '4', toSite: other.code, toSiteId: other.id, actor: 'Test owner' }],
    ...[{ type: 'ADJUST', quantity: '-1', reason: "'=cmd()" }],
  ]);
  t.equal(
    (await exported(owner, { kind: 'movements', siteId: other.id })).rows.length,
    1,
    'what came in counts',
  );
  t.equal((await exported(owner, { kind: 'movements', siteId: site.id })).rows.length, 4);
  const past = {
    type: 'ISSUE',
    itemId: item.id,
    siteId: site.id,
    occurredAt: '2026-01-02T03:04:05Z',
  } as const;
  await move(owner, { ...past, quantity: '1' });
  const january = { from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z' };
  const found = await exported(owner, { kind: 'movements', siteId: site.id, ...january });
  t.match(found, { job: { totalRows: 1 }, rows: [{ occurredAt: '2026-01-02T03:04:05.000Z' }] });
  t.equal(found.rows.length, 1);
});

t.test('formulas are harmless in a file, and come back as they were', async (t) => {
  const [from, into] = [newId(), newId()].map((tenantId) => service.as('owner', { tenantId }));
  const names = ['=1+1', "'=1+1", '+49 30', '@home', '-5', '- screws'];
  for (const name of names) await makeItem(from as TestCaller, { name });
  const { rows } = await exported(from as TestCaller, { kind: 'items' });
  t.strictSame(
    rows.map(({ name }) => name),
    ["'=1+1", "''=1+1", "'+49 30", "'@home", '-5', "'- screws"],
  );
  const csv = `sku,name,unit\n${rows.map(({ sku, name }) => `${sku},${name},each`).join('\n')}\n`;
  await into?.post('/v1/inventory/imports?kind=items', csv, { 'content-type': 'text/csv' });
  while (await workOffOne(service.service, importJobs, never));
  const back = (await into?.get('/v1/inventory/items'))?.body.data.map(({ name }: Row) => name);
  t.strictSame(new Set(back), new Set(names));
});

t.test('a download is a file, of a completed export only', async (t) => {
  const { job } = await exported(owner, { kind: 'items' });
  const answer = await content(owner, job.id);
  t.match(answer, { status: 200, headers: { 'content-type': /^text\/csv; charset=utf-8/ } });
  t.match(answer.headers['content-disposition'], /^attachment; filename="items-\d{4}-\d\d-\d\d\.csv"$/);
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.equal(
    entries.filter(
      ({ payload, aggregateId }) => payload.action === 'inventory.export.download' && aggregateId === job.id,
    ).length,
    2,
    'each download is on record',
  );
  const waiting = (await ask(owner, { kind: 'items' })).body;
  t.match(waiting, { status: 'queued', writtenRows: 0, expiresAt: String });
  t.match(await content(owner, waiting.id), {
    status: 409,
    body: { error: { code: 'INVALID_STATE', details: { state: 'queued', allowed: ['completed'] } } },
  });
  await workOff();
});

t.test('filters that a kind does not have are refused', async (t) => {
  const { site } = await makeStock(owner, '1');
  const refused = async (body: object, path: string) =>
    t.match(
      await ask(owner, body),
      { status: 400, body: { error: { details: { errors: [{ path }] } } } },
      path,
    );
  await refused({ kind: 'items', siteId: site.id }, '/siteId');
  await refused({ kind: 'balances', from: '2026-01-01T00:00:00Z' }, '/from');
  await refused({ kind: 'movements', from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, '/to');
  await refused({ kind: 'lots' }, '/kind');
  t.equal((await ask(owner, { kind: 'movements', siteId: unknownId })).status, 404);
  t.equal((await ask(owner, { kind: 'movements', itemId: unknownId })).status, 404);
});

t.test('another tenant sees nothing of it, and cannot name our things', async (t) => {
  const { job } = await exported(owner, { kind: 'items' });
  const { site, item } = await makeStock(owner, '1');
  const stranger = service.as('owner', { tenantId: newId() });
  t.equal((await stranger.get(`/v1/inventory/exports/${job.id}`)).status, 404);
  t.equal((await content(stranger, job.id)).status, 404);
  t.strictSame((await stranger.get('/v1/inventory/exports')).body.data, []);
  t.equal((await ask(stranger, { kind: 'balances', siteId: site.id })).status, 404);
  t.equal((await ask(stranger, { kind: 'items', itemId: item.id })).status, 404);
  t.match((await owner.get('/v1/inventory/exports?status=completed&limit=1')).body, {
    data: [{ id: job.id }],
  });
});

/** Many items of a tenant, past the API. */
const fill = (tenantId: string, count: number) =>
  service.query(
    `insert into items (tenant_id, id, sku, name, unit, description)
     select $1, gen_random_uuid(), 'I-' || n, 'Item ' || n, 'each', repeat('ä', 400) from generate_series(1, $2) n`,
    [tenantId, count],
  );

t.test(
  'many rows: in chunks that are bounded, each row once, one after the other by their ids',
  async (t) => {
    const tenantId = newId();
    const tenant = service.as('owner', { tenantId });
    await fill(tenantId, 7_000);
    const { job, rows } = await exported(tenant, { kind: 'items' });
    t.match(job, { status: 'completed', totalRows: 7_000, writtenRows: 7_000 });
    t.equal(new Set(rows.map(({ id }) => id)).size, 7_000);
    const chunks = await service.query<{ bytes: number }>(
      'select octet_length(content) as bytes from export_chunks where export_id = $1',
      [job.id],
    );
    t.ok(chunks.length >= 6, `${chunks.length} chunks`);
    t.ok(chunks.every(({ bytes }) => bytes <= 1024 * 1024));
  },
);

t.test('a process that dies in the middle: another goes on where it was', async (t) => {
  const tenantId = newId();
  const tenant = service.as('owner', { tenantId });
  await fill(tenantId, 20_000);
  const { body } = await ask(tenant, { kind: 'items' });
  const paused = workOff();
  while ((await read(tenant, body.id)).writtenRows === 0) await delay(2);
  // As far as anybody can tell, this process is gone; and it comes back to life, which is worse than death. Its lease
  // is not its own any more: else it might renew it before anybody takes the job over.
  await service.query(
    "update exports set leased_until = now() - interval '1 second', lease = gen_random_uuid() where id = $1",
    [body.id],
  );
  const seen = await read(tenant, body.id);
  t.ok(seen.writtenRows > 0 && seen.writtenRows < 20_000, `${seen.writtenRows} were written`);
  while ((await read(tenant, body.id)).status === 'running') {
    await workOff();
    await delay(2);
  }
  await paused;
  const rows: Row[] = parse((await content(tenant, body.id)).raw, { columns: true });
  t.equal(rows.length, 20_000);
  t.equal(new Set(rows.map(({ id }) => id)).size, 20_000);
  const [job] = await service.query('select attempts, written_rows from exports where id = $1', [body.id]);
  t.match(job, { attempts: 2, written_rows: 20_000 });
});

t.test('after its day an export is gone, with its chunks', async (t) => {
  const { job } = await exported(owner, { kind: 'items' });
  const kept = await exported(owner, { kind: 'items' });
  await service.query("update exports set expires_at = now() - interval '1 second' where id = $1", [job.id]);
  t.equal((await content(owner, job.id)).status, 404, 'also before it is removed');
  t.equal((await owner.get(`/v1/inventory/exports/${job.id}`)).status, 404);
  const listed = (await owner.get('/v1/inventory/exports?limit=1000')).body.data;
  t.notOk(listed.some(({ id }: Row) => id === job.id));
  t.equal(await expiredExports.run(service.service, never), 1);
  const left = await service.query('select id from exports where id = $1', [job.id]);
  t.strictSame(left, []);
  t.strictSame(await service.query('select no from export_chunks where export_id = $1', [job.id]), []);
  t.equal((await content(owner, kept.job.id)).status, 200, 'others stay');
});

t.test('more rows than a file may have: it says so and keeps nothing', async (t) => {
  const tenantId = newId();
  const tenant = service.as('owner', { tenantId });
  const { site, item } = await makeStock(tenant, '5');
  const { body } = await ask(tenant, { kind: 'movements', siteId: site.id, from: '2020-01-01T00:00:00Z' });
  // As if a million had been written by the process that died.
  await service.query('update exports set written_rows = 1000000 where id = $1', [body.id]);
  await service.query("insert into export_chunks values ($1, $2, 1, 'x')", [tenantId, body.id]);
  await move(tenant, { itemId: item.id, siteId: site.id });
  await workOff();
  t.match(await read(tenant, body.id), { status: 'failed', failure: /more than 1000000 rows/ });
  t.strictSame(await service.query('select no from export_chunks where export_id = $1', [body.id]), []);
  t.equal((await content(tenant, body.id)).status, 409);
});

t.test('who counts stock does not learn from a file what is expected', async (t) => {
  const tenantId = newId();
  const [boss, counter] = [service.as('owner', { tenantId }), service.as('operator', { tenantId })];
  const { site, item } = await makeStock(boss, '10');
  const open = await makeItem(boss);
  await move(boss, { itemId: open.id, siteId: site.id, quantity: '7' });
  const before = await exported(counter, { kind: 'balances' });
  t.equal(before.rows.length, 2);
  const count = await counter.post('/v1/inventory/cycle-counts', { siteId: site.id, itemIds: [item.id] });
  await counter.post(`/v1/inventory/cycle-counts/${count.body.id}/start`);
  const balances = await exported(counter, { kind: 'balances' });
  t.match(balances.rows, [{ sku: open.sku, onHand: '7' }]);
  t.equal(balances.rows.length, 1, 'what is counted is left out');
  const movements = await exported(counter, { kind: 'movements' });
  t.strictSame(
    movements.rows.map(({ sku }) => sku),
    [open.sku],
  );
  t.match(await content(counter, before.job.id), { status: 403 }, 'nor from their own of before');
  const others = await exported(boss, { kind: 'balances' });
  t.equal(others.rows.length, 2);
  t.match(await content(counter, others.job.id), { status: 403 }, "nor from somebody else's");
  const items = await exported(boss, { kind: 'items' });
  t.equal((await content(counter, items.job.id)).status, 200, 'items tell nothing');
});
