import { inTenant, newId } from '@stockade/database';
import { eventually, isolationTest } from '@stockade/testing';
import t from 'tap';
import type { References } from '../../src/engine/index.ts';
import { feedsCheck } from '../../src/feeds/health.ts';
import { findIndicators } from '../../src/feeds/indicator-queries.ts';
import { refreshDue } from '../../src/feeds/refresh.ts';
import { start } from '../service.ts';
import { startFeedServer, status, text } from './feed-server.ts';
import { addFeed, domains, path, refreshAll, upload } from './refreshing.ts';

const refersTo = (...hosts: string[]): References => ({
  ...{ orderNumbers: [], senderDomain: null, senderAddress: null, ibans: [], usAccounts: [] },
  ...{ urls: hosts.map((host) => `https://${host}/x`), hosts, hashes: [], threadIds: [] },
});

t.test('threat feeds', async (t) => {
  const service = await start(t);
  const server = await startFeedServer(t);
  const manager = service.as('manager');
  const read = async (id: string) => (await manager.get(`${path}/${id}`)).body;
  const hits = async (...hosts: string[]) =>
    (
      await inTenant(service.service.db, service.tenantId, (trx) =>
        findIndicators(
          trx,
          hosts.map((host) => refersTo(host)),
        ),
      )
    ).map((found) => found.map(({ kind, value }) => `${kind} ${value}`).join());
  const refresh = (id: string, body?: object) => manager.post(`${path}/${id}/refresh`, body);

  t.test('are fetched, and matched from then on', async (t) => {
    server.answer = text(domains(3), '"1"');
    const id = await addFeed(manager, { name: 'URLs', url: server.url });
    t.match(await read(id), { indicators: 0, refreshing: true, lastSuccessAt: null, ageSeconds: null });
    t.equal(await refreshAll(service), 1);
    t.match(await read(id), { indicators: 3, refreshing: false, lastError: null, lastSuccessAt: /Z$/ });
    t.strictSame(await hits('a.evil-1.example', 'good.example', 'evil-2.example'), [
      'domain evil-1.example',
      '',
      'domain evil-2.example',
    ]);
    const [hit] = await inTenant(service.service.db, service.tenantId, (trx) =>
      findIndicators(trx, [refersTo('evil-1.example')]),
    );
    t.strictSame(hit, [{ feed: 'URLs', kind: 'domain', value: 'evil-1.example' }]);
    t.equal(await refreshAll(service), 0, 'nothing is due');
  });

  t.test('stay as they are when nothing has changed', async (t) => {
    const { data } = (await manager.get(path)).body;
    const before = await read(data[0].id);
    const asked = server.requests.length;
    t.equal((await refresh(before.id)).status, 202);
    await refreshAll(service);
    t.equal(server.requests.length, asked + 1);
    const after = await read(before.id);
    t.ok(after.lastSuccessAt > before.lastSuccessAt, 'it is known to be fresh');
    t.equal(after.indicators, 3);
    const audits = await service.outbox('audit.entry-recorded.v1');
    t.equal(audits.filter(({ payload }) => payload.action === 'email-scanning.feed.refresh').length, 1);
  });

  t.test('take over what is new and let go of what is not named any more', async (t) => {
    const [{ id }] = (await manager.get(path)).body.data;
    server.answer = text(domains(3, 1), '"2"');
    await refresh(id);
    await refreshAll(service);
    t.strictSame(await hits('evil-0.example', 'evil-3.example'), ['', 'domain evil-3.example']);
    const entry = (await service.outbox('audit.entry-recorded.v1')).at(-1)?.payload;
    t.match(entry, {
      actor: { type: 'system' },
      changes: { added: { after: 1 }, removed: { after: 1 } },
    });
  });

  t.test('feeds down: keep the last good copy, whatever the source does', async (t) => {
    server.answer = text(domains(100));
    const id = await addFeed(manager, { name: 'Faults', url: server.url });
    await refreshAll(service);
    const good = await read(id);
    const faults: [string, typeof server.answer, RegExp][] = [
      ['an error', status(500), /answer was 500/],
      ['nothing', text(''), /empty/],
      ['a web page', text('<html>\n<body>\n<p>Sign in</p>\n</body>\n</html>\n'), /not of the format/],
      ['far less', text(domains(9)), /shrank from 100 to 9/],
      [
        'half an answer',
        (_, response) =>
          void response
            .writeHead(200, { 'content-length': '9999' })
            .write('evil.example\n', () => response.destroy()),
        /could not be fetched/,
      ],
    ];
    for (const [what, answer, message] of faults) {
      server.answer = answer;
      await refresh(id);
      await refreshAll(service);
      const after = await read(id);
      t.match(after, { indicators: 100, lastSuccessAt: good.lastSuccessAt, lastError: message }, what);
      t.strictSame(await hits('evil-99.example'), ['domain evil-99.example'], `${what}: still matched`);
    }
    const [row] = await service.query<{ failures: number; minutes: number }>(
      'select failures, extract(epoch from next_refresh_at - now())::int / 60 as minutes from feeds where id = $1',
      [id],
    );
    t.equal(row?.failures, faults.length);
    t.ok((row?.minutes ?? 0) >= 15, 'it is asked less and less often');
    server.answer = text(domains(9));
    await refresh(id, { acceptShrink: true });
    await refreshAll(service);
    t.match(await read(id), { indicators: 9, lastError: null });
  });

  t.test('are uploaded as files', async (t) => {
    const id = await addFeed(manager, { name: 'Own list', format: 'sha256-list' });
    t.match(await read(id), { url: null, refreshing: false });
    t.equal((await refresh(id)).body.error.code, 'CONFLICT', 'there is nothing to fetch');
    const answer = await upload(manager, id, `${'ab'.repeat(32)}  invoice.exe\n`);
    t.match(answer, { status: 202, body: { refreshing: true } });
    await refreshAll(service);
    t.match(await read(id), { indicators: 1, refreshing: false, lastSuccessAt: /Z$/ });
    t.equal((await service.query('select 1 from feed_uploads')).length, 0, 'the file is not kept');
    await upload(manager, id, 'no hash\n');
    await refreshAll(service);
    t.match(await read(id), { indicators: 1, lastError: /not of the format/, refreshing: false });
    t.equal(await refreshAll(service), 0, 'a bad file is not tried again');
    const post = (body: unknown, type: string) =>
      manager.post(`${path}/${id}/upload`, body, { 'content-type': type });
    t.equal((await post('', 'text/plain')).status, 400);
    t.equal((await post('{}', 'application/json')).status, 415);
    t.equal((await post(Buffer.alloc(50 * 1024 * 1024 + 1, 97), 'text/csv')).status, 413);
  });

  t.test('that are inactive are neither fetched nor matched', async (t) => {
    server.answer = text(domains(1, 500));
    const id = await addFeed(manager, { name: 'On and off', url: server.url });
    await refreshAll(service);
    t.strictSame(await hits('evil-500.example'), ['domain evil-500.example']);
    const { version } = await read(id);
    t.equal((await manager.patch(`${path}/${id}`, { active: false }, { 'if-match': '"1"' })).status, 412);
    t.equal(
      (await manager.patch(`${path}/${id}`, { active: false }, { 'if-match': `"${version}"` })).status,
      200,
    );
    t.strictSame(await hits('evil-500.example'), ['']);
    t.equal((await refresh(id)).body.error.code, 'INVALID_STATE');
    t.equal(await refreshAll(service), 0);
    await manager.patch(`${path}/${id}`, { active: true });
    t.equal(await refreshAll(service), 1);
    t.strictSame(await hits('evil-500.example'), ['domain evil-500.example']);
  });

  t.test('lead nowhere inside', async (t) => {
    const id = await addFeed(manager, { name: 'Inside', url: server.url });
    const asked = server.requests.length;
    await refreshAll(service, false);
    t.match(await read(id), { lastError: /private network/ });
    t.equal(server.requests.length, asked);
    for (const url of ['ftp://feeds.example/x', 'http://', 'https://user:secret@feeds.example/', 'x'])
      t.match(await manager.post(path, { name: 'Bad', format: 'url-list', url }), {
        status: 400,
        body: { error: { details: { errors: [{ path: '/url' }] } } },
      });
  });

  t.test('are refreshed by one process at a time, and by the one that may', async (t) => {
    let respond = () => {};
    server.answer = (_request, response) => {
      respond = () => void response.end(domains(2, 700));
    };
    const id = await addFeed(manager, { name: 'Slow', url: server.url });
    const asked = server.requests.length;
    const first = refreshAll(service);
    await eventually('the source is asked', () => server.requests.length > asked);
    t.equal(await refreshAll(service), 0, 'nobody else takes it');
    // Meanwhile somebody has it fetched from elsewhere: what comes from the old place is not wanted any more.
    const patched = await manager.patch(`${path}/${id}`, { url: `${server.url}/new` });
    t.equal(patched.status, 200);
    respond();
    await first;
    t.equal((await read(id)).indicators, 0);
    server.answer = text(domains(1, 800));
    await service.query('update feeds set next_refresh_at = now() where id = $1', [id]);
    await refreshAll(service);
    t.strictSame(await hits('evil-700.example', 'evil-800.example'), ['', 'domain evil-800.example']);
  });

  t.test('may shrink when a person said so while one was under way', async (t) => {
    server.answer = text(domains(100, 5_000));
    const id = await addFeed(manager, { name: 'Shrinking', url: server.url });
    await refreshAll(service);
    let respond = () => {};
    server.answer = (_request, response) => {
      respond = () => void response.end(domains(1, 5_000));
    };
    const asked = server.requests.length;
    await refresh(id);
    const first = refreshAll(service);
    await eventually('the source is asked', () => server.requests.length > asked);
    server.answer = text(domains(1, 5_000));
    t.equal((await refresh(id, { acceptShrink: true })).status, 202);
    respond();
    await first;
    await refreshAll(service);
    t.match(await read(id), { indicators: 1, lastError: null, refreshing: false });
  });

  t.test('go to another process when theirs ends', async (t) => {
    server.answer = () => {};
    const id = await addFeed(manager, { name: 'Interrupted', url: server.url });
    const stop = new AbortController();
    const running = refreshDue(service.service, { allowPrivate: true, signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    t.equal(await running, true);
    server.answer = text(domains(1, 900));
    await refreshAll(service);
    t.match(await read(id), { indicators: 1, lastError: null });
  });

  t.test('what an attempt left behind is never seen', async (t) => {
    server.answer = text(domains(2, 1_000));
    const id = await addFeed(manager, { name: 'Leftovers', url: server.url });
    await refreshAll(service);
    await service.query(
      'update indicators set added_in = 99 where feed_id = $1 and hash = (select min(hash) from indicators where feed_id = $1)',
      [id],
    );
    t.equal((await hits('evil-1000.example', 'evil-1001.example')).filter(Boolean).length, 1);
    await refresh(id);
    await refreshAll(service);
    t.equal((await hits('evil-1000.example', 'evil-1001.example')).filter(Boolean).length, 2);
  });

  t.test('tell their age in health', async (t) => {
    const { status, details } = await feedsCheck(service.service.systemDb);
    t.equal(status, 'ok');
    t.match(details, { configured: Number, failing: 1, stale: 0, oldestAgeSeconds: Number });
    await service.query(
      "update feeds set last_success_at = now() - interval '1 day', created_at = now() - interval '1 day'",
    );
    t.match(await feedsCheck(service.service.systemDb), {
      status: 'degraded',
      details: { oldestAgeSeconds: 86_400 },
    });
    const ages = (await manager.get(`${path}?active=true`)).body.data.map(
      (feed: { ageSeconds: number }) => feed.ageSeconds,
    );
    t.ok(ages.every((age: number | null) => age === null || age >= 86_400));
  });

  t.test('are unique by name, bounded, and for those who approve', async (t) => {
    const body = { name: 'URLs', format: 'url-list' };
    t.equal((await manager.post(path, body)).status, 409);
    t.equal((await service.as('operator').post(path, { ...body, name: 'Mine' })).status, 403);
    const tenantId = newId();
    const other = service.as('manager', { tenantId });
    const made = await Promise.all(
      Array.from({ length: 22 }, (_, at) => other.post(path, { ...body, name: `Feed ${at}` })),
    );
    t.equal(made.filter(({ status }) => status === 201).length, 20);
    t.equal(made.filter(({ status }) => status === 409).length, 2);
  });

  t.test('are removed with all they brought', async (t) => {
    server.answer = text(domains(1, 2_000));
    const id = await addFeed(manager, { name: 'Removed', url: server.url });
    await refreshAll(service);
    await upload(manager, id, domains(1));
    t.strictSame(await hits('evil-2000.example'), ['domain evil-2000.example']);
    t.equal((await manager.delete(`${path}/${id}`, { 'if-match': '"1"' })).status, 412);
    t.equal((await manager.delete(`${path}/${id}`)).status, 204);
    t.equal((await manager.get(`${path}/${id}`)).status, 404);
    t.strictSame(await hits('evil-2000.example'), ['']);
    t.equal((await service.query('select 1 from indicators where feed_id = $1', [id])).length, 0);
    t.equal(await refreshAll(service), 0);
  });

  t.test('wait with their files until their turn', async (t) => {
    await upload(manager, await addFeed(manager, { name: 'With a file' }), domains(1));
    t.equal((await service.query('select 1 from feed_uploads')).length, 1);
  });

  await isolationTest(t, service, ['feeds', 'indicators', 'feed_uploads']);
});
