import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { auditCleanUps } from '../../src/retention/clean-ups.ts';
import { removeBatch, removeExpiredEntries } from '../../src/retention/remove.ts';
import { entry, proofHolds, record, start } from '../setup.ts';
import { age, read, refused } from './aged.ts';

const { signal } = new AbortController();

t.test('retention', async (t) => {
  const service = await start(t);
  const { tenantId } = service;
  const admin = service.as('admin');
  const auditor = service.as('auditor');
  const path = '/v1/audit/retention';
  const remove = (limit?: number) => removeExpiredEntries(service.service, signal, limit);
  const get = async (id: string, tenant = tenantId) =>
    (await service.as('auditor', { tenantId: tenant }).get(`/v1/audit/entries/${id}`)).body;
  const told = (tenant = tenantId) =>
    service
      .outbox('audit.entry-recorded.v1')
      .then((events) =>
        events.filter(
          (event) => event.payload.action === 'audit.entries.remove' && event.payload.target.id === tenant,
        ),
      );

  t.test(
    'the defaults: 90 days for reads, a year for security events, seven years for changes',
    async (t) => {
      const { body } = await auditor.get(path);
      t.strictSame(body, {
        readDays: 90,
        securityEventDays: 366,
        changeDays: 2_557,
        version: 1,
        updatedAt: null,
      });
    },
  );

  t.test('it is set in part, within bounds, by whoever may; each change is an entry', async (t) => {
    const tenant = newId();
    const [owner, other] = [
      service.as('owner', { tenantId: tenant }),
      service.as('manager', { tenantId: tenant }),
    ];
    t.equal((await other.put(path, { readDays: 40 })).status, 403);
    t.equal((await service.as('auditor', { tenantId: tenant }).put(path, { readDays: 40 })).status, 403);
    for (const bad of [
      {},
      { readDays: 29 },
      { changeDays: 364 },
      { securityEventDays: 89 },
      { readDays: 36_501 },
    ])
      t.equal((await owner.put(path, bad)).status, 400, JSON.stringify(bad));
    for (const bad of [{ readDays: '40' }, { readDays: 40.5 }, { days: 40 }, { readDays: null }])
      t.equal((await owner.put(path, bad)).status, 400, JSON.stringify(bad));
    const { status, body } = await owner.put(path, { readDays: 40 });
    t.equal(status, 200);
    t.match(body, { readDays: 40, securityEventDays: 366, changeDays: 2_557, version: 2 });
    t.equal((await owner.put(path, { readDays: 50 }, { 'if-match': '"1"' })).status, 412);
    t.equal((await other.get(path)).body.readDays, 40);
    const changes = (await service.outbox('audit.entry-recorded.v1')).filter(
      ({ payload }) => payload.action === 'audit.retention.update' && payload.target.id === tenant,
    );
    t.strictSame(
      changes.map(({ payload }) => payload.changes),
      [{ readDays: { before: 90, after: 40 } }],
    );
    t.equal((await auditor.get(path)).body.readDays, 90, 'it is this tenant’s alone');
  });

  const old = entry(tenantId, { ...read, actor: { type: 'user', id: 'snoop', name: 'Sam Snoop' } });
  const kept = [entry(tenantId), entry(tenantId, read), entry(tenantId, refused)];
  await record(service, [old, ...kept]);
  await age(service, old.id, 91);

  t.test('what is over is removed, and its place is still proven', async (t) => {
    t.equal(await proofHolds(service, old.id), true);
    t.equal(await remove(), 1);
    const left = await get(old.id);
    t.match(left, { id: old.id, tenantId, sequence: 1, removed: 'retention' });
    t.strictSame(Object.keys(left).sort(), [
      'id',
      'leafHash',
      'removed',
      'removedAt',
      'sequence',
      'tenantId',
    ]);
    t.equal(await proofHolds(service, old.id), true, 'with its leaf hash');
    for (const { id } of kept) t.equal(await proofHolds(service, id), true);
    for (const table of ['entries', 'leaves']) {
      const rows = await service.query(`select * from ${table}`);
      t.notMatch(JSON.stringify(rows), /snoop/i, `nothing of it is in ${table}`);
    }
    t.equal((await auditor.get('/v1/audit/entries?actorId=snoop')).body.data.length, 0);
    t.equal(await remove(), 0, 'it is removed once');
  });

  t.test('a list of all shows that something was there', async (t) => {
    const { data } = (await auditor.get('/v1/audit/entries')).body;
    t.strictSame(
      data.map(({ sequence, removed }: { sequence: number; removed?: string }) => [sequence, removed]),
      [...kept.map((_, at) => [kept.length + 1 - at, undefined]), [1, 'retention']],
    );
    const second = (await auditor.get('/v1/audit/entries?limit=3')).body;
    t.equal(
      (await auditor.get(`/v1/audit/entries?cursor=${second.nextCursor}`)).body.data[0].removed,
      'retention',
    );
  });

  t.test('the removal is told in the log, with what was removed', async (t) => {
    const [event] = await told();
    t.match(event?.payload, {
      actor: { type: 'system', id: 'retention' },
      changes: { sequences: { before: '1', after: null }, count: { before: 1, after: 0 } },
    });
  });

  t.test('each kind has its own days', async (t) => {
    const tenant = newId();
    const days = { read: 90, refused: 366, change: 2_557 };
    const events = {
      ...{ read: entry(tenant, read), refused: entry(tenant, refused), change: entry(tenant) },
      ...{ readToo: entry(tenant, read), refusedToo: entry(tenant, refused), changeToo: entry(tenant) },
    };
    await record(service, Object.values(events));
    for (const kind of ['read', 'refused', 'change'] as const) {
      await age(service, events[kind].id, days[kind] + 1);
      await age(service, events[`${kind}Too`].id, days[kind]);
    }
    t.equal(await remove(), 3);
    for (const kind of ['read', 'refused', 'change'] as const) {
      t.equal((await get(events[kind].id, tenant)).removed, 'retention', kind);
      t.equal((await get(events[`${kind}Too`].id, tenant)).removed, undefined, `${kind} on its last day`);
    }
  });

  t.test('in batches, each with its own entry; what tells of removals stays for ever', async (t) => {
    const tenant = newId();
    const events = Array.from({ length: 25 }, () => entry(tenant, read));
    const removal = entry(tenant, {
      action: 'audit.entries.remove',
      target: { type: 'audit-log', id: tenant },
    });
    await record(service, [...events.slice(0, 12), entry(tenant), removal, ...events.slice(12)]);
    for (const { id } of [...events, removal]) await age(service, id, 3_000);
    t.equal(await remove(10), 25);
    t.strictSame(
      (await told(tenant)).map(({ payload }) => payload.changes.sequences.before),
      ['1-10', '11-12,15-22', '23-27'],
    );
    t.equal((await get(removal.id, tenant)).removed, undefined);
  });

  t.test('several that remove at once remove each entry once', async (t) => {
    const tenant = newId();
    const events = Array.from({ length: 60 }, () => entry(tenant, read));
    await record(service, events);
    for (const { id } of events) await age(service, id, 91);
    const counts = await Promise.all([7, 7, 7, 7].map((limit) => remove(limit)));
    t.equal(
      counts.reduce((sum, n) => sum + n, 0),
      60,
    );
    t.equal(
      (await told(tenant)).reduce((sum, { payload }) => sum + payload.changes.count.before, 0),
      60,
    );
  });

  t.test('a removal that fails half-way removes nothing', async (t) => {
    const tenant = newId();
    const event = entry(tenant, read);
    await record(service, [event]);
    await age(service, event.id, 91);
    await service.query('alter table outbox add constraint no_room check (false) not valid');
    await t.rejects(remove(), /logs could not be cleaned up/);
    t.equal((await get(event.id, tenant)).removed, undefined);
    await service.query('alter table outbox drop constraint no_room');
    t.equal((await removeBatch(service.service, tenant, { after: 0, limit: 10 })).length, 1);
  });

  t.test('an entry that retention did not remove is missed, not called removed', async (t) => {
    const tenant = newId();
    const event = entry(tenant);
    await record(service, [event]);
    await service.query('delete from entries where id = $1', [event.id]);
    const { status } = await service.as('auditor', { tenantId: tenant }).get(`/v1/audit/entries/${event.id}`);
    t.equal(status, 500);
  });

  t.test('no role removes anything by itself', async (t) => {
    await t.rejects(service.asApp(tenantId, 'delete from entries'), /permission denied/);
    await t.rejects(service.asApp(tenantId, 'update leaves set removed_at = now()'), /permission denied/);
    await t.rejects(service.asApp(tenantId, 'select thin_checkpoints(0, 10)'), /permission denied/);
    await t.rejects(service.asApp(tenantId, 'delete from legal_holds'), /permission denied/);
    const found = await service.asApp(tenantId, "select * from remove_expired_entries(0, '{}', 100)");
    t.equal(found.rowCount, 0, 'and what the function removes is over');
  });

  t.test('of old days the last checkpoint is kept, and the newest always', async (t) => {
    const tenant = newId();
    for (let n = 0; n < 6; n++) {
      const event = entry(tenant);
      await record(service, [event]);
      t.ok(await proofHolds(service, event.id, tenant), 'signed now');
    }
    const at = ['40 days', '40 days', '39 days', '39 days', '38 days', '38 days'];
    for (const [n, interval] of at.entries())
      await service.query(
        `update checkpoints set signed_at = date_trunc('day', now(), 'UTC') - $3::interval + interval '1 hour' * $2 where tenant_id = $1 and size = $2`,
        [tenant, n + 1, interval],
      );
    const thin = auditCleanUps.find(({ name }) => name === 'old-checkpoints');
    t.equal(await thin?.run(service.service, signal), 3);
    const rows = await service.query<{ size: number }>(
      'select size::int from checkpoints where tenant_id = $1 order by size',
      [tenant],
    );
    t.strictSame(
      rows.map(({ size }) => size),
      [2, 4, 6],
    );
    t.equal(await thin?.run(service.service, signal), 0);
  });

  t.test('holds and settings', async (t) => {
    await service.as('admin').put(path, { readDays: 120 });
    await admin.post('/v1/audit/legal-holds', { reason: 'Case 1' });
    await isolationTest(t, service, ['retention_settings', 'legal_holds']);
  });
});
