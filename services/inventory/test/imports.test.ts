import { setTimeout as delay } from 'node:timers/promises';
import type { Import } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { claimJob, workOffOne } from '@stockade/service-kit';
import type { TestCaller } from '@stockade/testing';
import t from 'tap';
import { importJobs } from '../src/imports/work-off.ts';
import {
  freshCode,
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  onHand,
  startInventory,
  unbalancedPlaces,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const csv = { 'content-type': 'text/csv' };
const never = new AbortController().signal;

const upload = (caller: TestCaller, search: string, text: string | Buffer, headers = {}) =>
  caller.post(`/v1/inventory/imports?${search}`, text, { ...csv, ...headers });

const read = async (caller: TestCaller, id: string): Promise<Import> =>
  (await caller.get(`/v1/inventory/imports/${id}`)).body;

const workOff = async () => {
  while (await workOffOne(service.service, importJobs, never));
};

async function runImport(search: string, text: string | Buffer, caller = owner): Promise<Import> {
  const answer = await upload(caller, search, text);
  if (answer.status !== 202) throw new Error(`The upload was answered ${answer.status}: ${answer.raw}`);
  await workOff();
  return read(caller, answer.body.id);
}

const itemRows = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n},Item ${n},each`).join('\n');

const countItems = async (prefix: string) => {
  const [row] = await service.query<{ n: number }>(
    'select count(*)::int as n from items where sku like $1 and tenant_id = $2',
    [`${prefix}%`, service.tenantId],
  );
  return row?.n;
};

t.test('items come in with their events and audit entries, in the name of who sent them', async (t) => {
  const prefix = freshCode('A');
  const sender = service.as('operator', { name: 'Ina Importer' });
  const text = [
    'sku,name,unit,description,barcode,reorderPoint,reorderQuantity,allowNegative,lotTracked',
    `${prefix}-1,"Bracket, 5"" wide",each,"Two\r\nlines",${prefix}B,5,20,TRUE,false`,
    `${prefix}-2,Öl,l,,,2.5,,,true`,
  ].join('\r\n');
  const answer = await upload(sender, 'kind=items', `\uFEFF${text}\r\n`);
  t.match(answer, { status: 202, body: { status: 'queued', mode: 'all', totalRows: 0, version: 1 } });
  await workOff();
  t.match(await read(owner, answer.body.id), {
    ...{ status: 'completed', totalRows: 2, processedRows: 2, appliedRows: 2, badRows: 0 },
    ...{ errors: [], failure: null, finishedAt: String },
  });
  const [first] = (await owner.get(`/v1/inventory/items?sku=${prefix}-1`)).body.data;
  t.match(first, {
    ...{ name: 'Bracket, 5" wide', description: 'Two\r\nlines', barcode: `${prefix}B`, version: 1 },
    ...{ reorderPoint: '5', reorderQuantity: '20', allowNegative: true, lotTracked: false },
  });
  const [second] = (await owner.get(`/v1/inventory/items?sku=${prefix}-2`)).body.data;
  t.match(second, { name: 'Öl', unit: 'l', barcode: null, reorderPoint: '2.5', lotTracked: true });
  const told = (await service.outbox()).filter(({ aggregateId }) => aggregateId === first.id);
  t.match(
    told,
    [
      { type: 'inventory.item-changed.v1', payload: { payload: { sku: `${prefix}-1`, reorderPoint: '5' } } },
      {
        type: 'audit.entry-recorded.v1',
        payload: {
          payload: {
            action: 'inventory.item.create',
            actor: { type: 'user', name: 'Ina Importer' },
            changes: { sku: { after: `${prefix}-1` } },
          },
        },
      },
    ].map(({ payload, ...rest }) => ({ ...rest, ...payload })),
  );
  t.equal(told.length, 2, 'exactly one of each');
  const kept = await service.query('select content from imports where id = $1', [answer.body.id]);
  t.strictSame(kept, [{ content: null }], 'the file is not kept');
});

const bad = freshCode('BAD');
const taken = await makeItem(owner, { barcode: `${bad}T` });
const badRows = [
  'sku,name,unit,barcode,reorderPoint,lotTracked',
  `${bad}-1,"Over`,
  'two lines",each,,,',
  `${bad}-2,,each,,,`,
  '',
  `${bad} 3,Name,pound,,,maybe`,
  `${bad}-4,Name,each,,2.5,`,
  `${bad}-1,Again,each,,,`,
  `${taken.sku},Name,each,${bad}T,,`,
  `${bad}-5,Name,each`,
  `${bad}-6,Name,each,${bad}B,,`,
].join('\n');
const found = [
  { line: 4, column: 'name', message: 'is required' },
  { line: 6, column: 'lotTracked', message: 'must be boolean' },
  { line: 6, column: 'sku', message: 'must be 1 to 32 letters, digits, dots, hyphens or underscores' },
  { line: 6, column: 'unit', message: /^must be one of each, kg/ },
  { line: 7, column: 'reorderPoint', message: 'must be a whole number: the unit is each' },
  { line: 8, column: 'sku', message: `${bad}-1 is on line 2 already.` },
  { line: 9, column: 'barcode', message: `There is an item with ${bad}T already.` },
  { line: 9, column: 'sku', message: `There is an item with ${taken.sku} already.` },
  { line: 10, column: null, message: 'has 3 cells, and the header has 6' },
];
const sorted = (errors: Import['errors']) =>
  [...errors].sort((a, b) => a.line - b.line || String(a.column).localeCompare(String(b.column)));

t.test('mode=all names every bad row with its line and applies nothing', async (t) => {
  const done = await runImport('kind=items&mode=all', badRows);
  t.match(done, { status: 'failed', failure: '6 rows are bad: nothing was applied.' });
  t.match(done, { totalRows: 8, processedRows: 8, appliedRows: 0, badRows: 6 });
  t.match(sorted(done.errors), found);
  t.equal(done.errors.length, found.length);
  t.equal(await countItems(bad), 0);
});

t.test('mode=valid applies the good rows and names the others', async (t) => {
  const done = await runImport('kind=items&mode=valid', badRows);
  t.match(done, { status: 'completed', failure: null, processedRows: 8, appliedRows: 2, badRows: 6 });
  t.match(sorted(done.errors), found);
  t.equal(await countItems(bad), 2);
});

t.test('files that cannot be used fail with a sentence', async (t) => {
  const header = 'sku,name,unit\n';
  const cases: [string, string | Buffer, RegExp][] = [
    ['kind=items', header, /no rows below a header/],
    ['kind=items', '\n\n', /no rows below a header/],
    ['kind=items', `${header}A,B\u0000,each\n`, /NUL/],
    ['kind=items', Buffer.from(`${header}A,\xff,each\n`, 'latin1'), /not UTF-8/],
    [
      'kind=items',
      'sku,name,colour,unit,size\nA,B,red,each,1\n',
      /Unknown columns: "colour", "size"\. There are sku/,
    ],
    ['kind=items', `${'x,'.repeat(5_000)}x\n`, /Unknown columns: .* and more/],
    ['kind=items', 'sku,sku,name,unit\nA,A,B,each\n', /twice: "sku"/],
    ['kind=items', 'sku,name\nA,B\n', /missing: unit/],
    ['kind=items', `${header}A,"B,each\n${'C,D,each\n'.repeat(20)}`, /From line 2 .* never closed/],
    [
      'kind=items',
      `${header}${'A,B,each\n'.repeat(9_000)}A,"B"C,each\n`,
      /From line 9002 .* follows a closing quote/,
    ],
    ['kind=items', `${header}A,B"C,each\n`, /From line 2 .* in the middle of a cell/],
    ['kind=items', `${header}A,"${'x'.repeat(100_000)}",each\n`, /From line 2 .* longer than 65536/],
    ['kind=items', `${header}${'A,B,each\n'.repeat(100_001)}`, /more than 100000 rows/],
    ['kind=movements', `type,sku,site,quantity\n${'ISSUE,A,B,1\n'.repeat(10_001)}`, /more than 10000 rows/],
  ];
  for (const [search, text, failure] of cases) {
    const done = await runImport(`${search}&mode=valid`, text);
    t.match(done, { status: 'failed', failure, appliedRows: 0, badRows: 0 }, String(failure));
  }
});

t.test('semicolons do where the header has them', async (t) => {
  const prefix = freshCode('SEMI');
  const done = await runImport('kind=items', `sku;name;unit\n${prefix};"Nuts; bolts, and more";kg\n`);
  t.match(done, { status: 'completed', appliedRows: 1 });
  t.match((await owner.get(`/v1/inventory/items?sku=${prefix}`)).body.data, [
    { name: 'Nuts; bolts, and more' },
  ]);
});

t.test('bad calls are refused at once', async (t) => {
  t.match(await upload(owner, 'kind=items', Buffer.alloc(0)), { status: 400 });
  t.match(await upload(owner, 'kind=sites', 'a'), { status: 400 });
  t.match(await upload(owner, 'kind=items&mode=some', 'a'), { status: 400 });
  t.match(await owner.post('/v1/inventory/imports?kind=items', { a: 1 }), { status: 415 });
  t.match(await upload(service.as('viewer'), 'kind=items', 'a'), { status: 403 });
  t.match(await upload(owner, 'kind=items', Buffer.alloc(20 * 1024 * 1024 + 1, 'a')), { status: 413 });
});

t.test('another tenant sees nothing of it', async (t) => {
  const done = await runImport('kind=items', `sku,name,unit\n${itemRows(1, freshCode('T'))}\n`);
  const stranger = service.as('owner', { tenantId: newId() });
  t.equal((await stranger.get(`/v1/inventory/imports/${done.id}`)).status, 404);
  t.equal((await owner.get(`/v1/inventory/imports/${unknownId}`)).status, 404);
  t.strictSame((await stranger.get('/v1/inventory/imports')).body.data, []);
  const listed = (await owner.get('/v1/inventory/imports?status=completed&limit=1')).body;
  t.match(listed, { data: [{ id: done.id }], nextCursor: String });
});

t.test('a repeated call has one import', async (t) => {
  const headers = { 'idempotency-key': freshCode('key') };
  const text = `sku,name,unit\n${itemRows(1, freshCode('R'))}\n`;
  const first = await upload(owner, 'kind=items', text, headers);
  const second = await upload(owner, 'kind=items', text, headers);
  t.equal(second.body.id, first.body.id);
  t.match(await upload(owner, 'kind=items', `${text}x`, headers), { status: 422 });
  await workOff();
});

t.test('locations', async (t) => {
  const site = await makeSite(owner);
  await makeLocation(owner, site.id, { code: 'OLD' });
  const text = `site,code,name\n${site.code},A-1,Shelf\n${site.code},A-2,\nNOWHERE,A-1,\n${site.code},OLD,\n${site.code},HOLDING,\n${site.code},A-1,\n,A-3,\n`;
  const done = await runImport('kind=locations&mode=valid', text);
  t.match(done, { status: 'completed', appliedRows: 2, badRows: 5 });
  t.match(done.errors, [
    { line: 4, column: 'site', message: 'There is no site NOWHERE.' },
    { line: 5, column: 'code', message: 'This site has a location OLD already.' },
    { line: 6, column: 'code', message: /is kept for goods/ },
    { line: 7, column: 'code', message: 'A-1 is on line 2 already.' },
    { line: 8, column: 'site', message: 'is required' },
  ]);
  const { data } = (await owner.get(`/v1/inventory/locations?siteId=${site.id}`)).body;
  t.match(
    data,
    [{ code: 'A-2', name: 'A-2' }, { code: 'A-1', name: 'Shelf' }, { code: 'OLD' }].sort(
      (a, b) =>
        data.findIndex((l: { code: string }) => l.code === a.code) -
        data.findIndex((l: { code: string }) => l.code === b.code),
    ),
  );
  t.equal(data.length, 3);
  const again = await runImport('kind=locations', text.split('\n').slice(0, 2).join('\n'));
  t.match(again, { status: 'failed', failure: '1 row is bad: nothing was applied.' });
});

t.test('movements name things by their codes', async (t) => {
  const { site, item } = await makeStock(owner, '10');
  const other = await makeSite(owner);
  const shelf = await makeLocation(owner, site.id, { code: 'SHELF' });
  const lotted = await makeItem(owner, { lotTracked: true, unit: 'kg' });
  await makeLot(owner, lotted.id, { code: 'L1' });
  const text = [
    'type,sku,site,quantity,unit,location,lot,toSite,toLocation,reason,reference,occurredAt',
    `ISSUE,${item.sku},${site.code},4,,,,,,Sold,SO-1,2026-03-04T05:06:07Z`,
    `TRANSFER,${item.sku},${site.code},2,,,,,SHELF,,,`,
    `TRANSFER,${item.sku},${site.code},1,,,,${other.code},,,,`,
    `RECEIVE,${lotted.sku},${site.code},1500,g,SHELF,L1,,,,,`,
    `ADJUST,${item.sku},${site.code},-1,,,,,,,,`,
  ].join('\n');
  const done = await runImport('kind=movements', text);
  t.match(done, { status: 'completed', appliedRows: 5, errors: [] });
  const at = async (locationId: string) =>
    (await owner.get(`/v1/inventory/balances?itemId=${item.id}&locationId=${locationId}`)).body.data;
  t.match(await at(shelf.id), [{ onHand: '2' }]);
  t.equal(await onHand(owner, item.id, other.id), '1');
  t.equal(await onHand(owner, lotted.id, site.id), '1.5');
  const { data } = (await owner.get('/v1/inventory/movements?reference=SO-1')).body;
  t.match(data, [{ type: 'ISSUE', reason: 'Sold', occurredAt: '2026-03-04T05:06:07.000Z' }]);
  const audited = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ aggregateId }) => aggregateId === data[0].id,
  );
  t.equal(audited.length, 1);
  t.strictSame(await unbalancedPlaces(service), []);
});

t.test('movements are judged one after the other, each by what those before it leave', async (t) => {
  const { site, item } = await makeStock(owner, '10');
  const text = [
    'type,sku,site,quantity,location,lot,occurredAt',
    `ISSUE,${item.sku},${site.code},8,,,`,
    `ISSUE,${item.sku},${site.code},5,,,`,
    `RECEIVE,${item.sku},${site.code},3,,,`,
    `ISSUE,${item.sku},${site.code},5,,,`,
    `ISSUE,NOTHING,NOWHERE,1,,,`,
    `ISSUE,${item.sku},${site.code},0.5,,,`,
    `COUNT,${item.sku},${site.code},1,,,`,
    `ISSUE,${item.sku},${site.code},1,BACK,L9,`,
    `ISSUE,${item.sku},${site.code},1,,,2999-01-01T00:00:00Z`,
    `ISSUE,${item.sku},${site.code},one,,,yesterday`,
  ].join('\n');
  const problems = [
    { line: 6, column: 'sku', message: 'There is no item NOTHING.' },
    { line: 6, column: 'site', message: 'There is no site NOWHERE.' },
    { line: 7, column: 'quantity', message: /whole number/ },
    { line: 8, column: 'type', message: /^must be one of RECEIVE/ },
    { line: 9, column: 'location', message: `There is no location BACK at site ${site.code}.` },
    { line: 9, column: 'lot', message: `There is no lot L9 of item ${item.sku}.` },
    { line: 10, column: 'occurredAt', message: 'is in the future' },
    { line: 11, column: 'quantity', message: /^must be a plain number/ },
    { line: 11, column: 'occurredAt', message: /date-time/ },
  ];
  const all = await runImport('kind=movements&mode=all', text);
  t.match(all, { status: 'failed', failure: '6 rows are bad: nothing was applied.', errors: problems });
  const stock = { line: 3, column: null, message: `There is not enough of ${item.sku} there.` };
  const onlyStock = await runImport('kind=movements&mode=all', text.split('\n').slice(0, 5).join('\n'));
  t.match(onlyStock, {
    status: 'failed',
    failure: '1 row is bad: nothing was applied.',
    badRows: 1,
    errors: [stock],
  });
  t.equal(await onHand(owner, item.id, site.id), '10');
  const valid = await runImport('kind=movements&mode=valid', text);
  t.match(valid, { status: 'completed', appliedRows: 3, badRows: 7 });
  t.match(valid.errors.slice(0, 1), [stock]);
  t.match(
    valid.errors.find(({ line }) => line === 10),
    { column: 'occurredAt', message: 'is in the future' },
  );
  t.equal(await onHand(owner, item.id, site.id), '0');
  t.strictSame(await unbalancedPlaces(service), []);
});

t.test('who counts stock cannot ask for it by files', async (t) => {
  const tenantId = newId();
  const [boss, counter] = [service.as('owner', { tenantId }), service.as('operator', { tenantId })];
  const { site, item } = await makeStock(boss, '10');
  const none = await makeItem(boss);
  const count = await counter.post('/v1/inventory/cycle-counts', { siteId: site.id, itemIds: [item.id] });
  await counter.post(`/v1/inventory/cycle-counts/${count.body.id}/start`);
  const guess = (quantity: number) =>
    `type,sku,site,quantity\nISSUE,${item.sku},${site.code},${quantity}\nISSUE,${none.sku},${site.code},1\n`;
  const answers = [];
  for (const quantity of [9, 11])
    answers.push(await runImport('kind=movements&mode=all', guess(quantity), counter));
  for (const { status, failure, badRows, errors } of answers)
    t.strictSame(
      { status, failure, badRows, errors },
      {
        ...{ status: 'failed', badRows: 0, errors: [] },
        failure: 'There is not enough stock for all of these rows: nothing was applied.',
      },
    );
  const uncounted = await runImport('kind=movements&mode=all', guess(11), boss);
  t.match(uncounted.errors, [{ line: 2 }, { line: 3 }], 'others are told the rows');
});

t.test('five identical files at once: each SKU once', async (t) => {
  const prefix = freshCode('FIVE');
  const text = `sku,name,unit\n${itemRows(700, prefix)}\n`;
  const uploads = await Promise.all([1, 2, 3, 4, 5].map(() => upload(owner, 'kind=items', text)));
  await Promise.all([workOff(), workOff(), workOff()]);
  // A worker that found the tenant busy went away: the file after that one is still to be done.
  await workOff();
  const done = await Promise.all(uploads.map(({ body }) => read(owner, body.id)));
  t.equal(done.filter(({ status }) => status === 'completed').length, 1);
  t.match(
    done.filter(({ status }) => status === 'failed'),
    Array.from({ length: 4 }, () => ({ badRows: 700, appliedRows: 0, failure: /^700 rows are bad/ })),
  );
  t.equal(await countItems(prefix), 700);
});

t.test("two files with the same items in two tenants do not get in each other's way", async (t) => {
  const prefix = freshCode('TWO');
  const text = `sku,name,unit\n${itemRows(20, prefix)}\n`;
  const other = service.as('owner', { tenantId: newId() });
  const both = [await upload(owner, 'kind=items', text), await upload(other, 'kind=items', text)];
  await Promise.all([workOff(), workOff()]);
  t.match(await read(owner, both[0]?.body.id), { status: 'completed', appliedRows: 20 });
  t.match(await read(other, both[1]?.body.id), { status: 'completed', appliedRows: 20 });
});

t.test('an item that the API adds meanwhile is a bad row, not a failure of ours', async (t) => {
  const prefix = freshCode('RACE');
  const text = `sku,name,unit\n${itemRows(1_500, prefix)}\n`;
  const { body } = await upload(owner, 'kind=items&mode=valid', text);
  const working = workOff();
  const answers = await Promise.all(
    [1499, 1400, 3, 700].map((n) =>
      owner.post('/v1/inventory/items', { sku: `${prefix}-${n}`, name: 'By the API', unit: 'each' }),
    ),
  );
  await working;
  const made = answers.filter(({ status }) => status === 201).length;
  t.ok(answers.every(({ status }) => status === 201 || status === 409));
  t.match(await read(owner, body.id), { status: 'completed', appliedRows: 1_500 - made, badRows: made });
  t.equal(await countItems(prefix), 1_500);
});

const expireLease = (id: string) =>
  service.query(
    "update imports set leased_until = now() - interval '1 second', lease = gen_random_uuid() where id = $1",
    [id],
  );

for (const mode of ['valid', 'all'])
  t.test(
    `a process that dies in the middle of mode=${mode}: another goes on, nothing is applied twice`,
    async (t) => {
      const prefix = freshCode('DEAD');
      const { site, item } = await makeStock(owner, '1');
      const isMoves = mode === 'valid';
      const text = isMoves
        ? `type,sku,site,quantity,reference\n${`RECEIVE,${item.sku},${site.code},1,${prefix}\n`.repeat(4_000)}`
        : `sku,name,unit\n${itemRows(2_000, prefix)}\n`;
      const { body } = await upload(owner, `kind=${isMoves ? 'movements' : 'items'}&mode=${mode}`, text);
      const paused = workOff();
      for (;;) {
        const { processedRows } = await read(owner, body.id);
        if (processedRows > 0) break;
        await delay(2);
      }
      // As far as anybody can tell, this process is gone; and it comes back to life, which is worse than death.
      await expireLease(body.id);
      while ((await read(owner, body.id)).status === 'running') {
        await workOff();
        await delay(2);
      }
      await paused;
      const total = isMoves ? 4_000 : 2_000;
      t.match(await read(owner, body.id), {
        ...{ status: 'completed', totalRows: total, processedRows: total, appliedRows: total, badRows: 0 },
      });
      const [job] = await service.query('select attempts from imports where id = $1', [body.id]);
      t.match(job, { attempts: 2 }, 'it was begun twice');
      if (isMoves) t.equal(await onHand(owner, item.id, site.id), '4001');
      else t.equal(await countItems(prefix), 2_000);
      t.strictSame(await unbalancedPlaces(service), []);
    },
  );

t.test('a process that ends in order gives its import back', async (t) => {
  const prefix = freshCode('STOP');
  const { body } = await upload(
    owner,
    'kind=items&mode=valid',
    `sku,name,unit\n${itemRows(3_000, prefix)}\n`,
  );
  const stop = new AbortController();
  const working = workOffOne(service.service, importJobs, stop.signal);
  while ((await read(owner, body.id)).processedRows === 0) await delay(2);
  stop.abort();
  await working;
  const half = await read(owner, body.id);
  t.equal(half.status, 'running');
  t.ok(half.appliedRows > 0 && half.appliedRows < 3_000, `${half.appliedRows} are in`);
  await delay(5);
  await workOff();
  t.match(await read(owner, body.id), { status: 'completed', appliedRows: 3_000, processedRows: 3_000 });
  t.equal(await countItems(prefix), 3_000);
  const [job] = await service.query('select attempts from imports where id = $1', [body.id]);
  t.match(job, { attempts: 1 }, 'which is no failed attempt');
});

t.test('what never comes to its end is given up', async (t) => {
  const { body } = await upload(owner, 'kind=items', 'sku,name,unit\nNEVER,Name,each\n');
  for (let attempt = 0; attempt < 5; attempt++) {
    t.match(await claimJob(service.service.systemDb, { name: 'imports', content: 'content' }), {
      jobId: body.id,
    });
    t.equal(
      await claimJob(service.service.systemDb, { name: 'imports', content: 'content' }),
      null,
      'nobody else gets it',
    );
    await expireLease(body.id);
  }
  t.equal(await claimJob(service.service.systemDb, { name: 'imports', content: 'content' }), null);
  t.match(await read(owner, body.id), {
    status: 'failed',
    failure: /^It was begun 5 times/,
    finishedAt: String,
  });
  t.strictSame(await service.query('select content from imports where id = $1', [body.id]), [
    { content: null },
  ]);
});

t.test('a tenant has so many imports waiting, and no more', async (t) => {
  const tenant = service.as('owner', { tenantId: newId() });
  for (let n = 0; n < 20; n++) t.equal((await upload(tenant, 'kind=items', 'sku\n')).status, 202);
  t.match(await upload(tenant, 'kind=items', 'sku\n'), {
    status: 409,
    body: { error: { message: /20 imports wait/ } },
  });
  await workOff();
  t.equal((await upload(tenant, 'kind=items', 'sku\n')).status, 202);
  await workOff();
});
