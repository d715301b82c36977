import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { removeBatch, removeExpiredEntries } from '../../src/retention/remove.ts';
import { entry, record, start } from '../setup.ts';
import { age, read } from './aged.ts';

const { signal } = new AbortController();
const path = '/v1/audit/legal-holds';

t.test('legal holds', async (t) => {
  const service = await start(t);
  const remove = () => removeExpiredEntries(service.service, signal);
  const isThere = async (id: string) =>
    (await service.query('select from entries where id = $1', [id])).length === 1;

  /** A tenant of its own, with entries that are over. */
  const world = async (entries: Record<string, unknown>[]) => {
    const tenantId = newId();
    const events = entries.map((overrides) => entry(tenantId, { ...read, ...overrides }));
    await record(service, events);
    for (const { id } of events) await age(service, id, 100);
    return {
      tenantId,
      admin: service.as('admin', { tenantId }),
      ids: events.map(({ id }) => id) as string[],
    };
  };
  const actor = (id: string) => ({ actor: { type: 'user', id, name: id } });

  t.test('who places one, when and why is kept; releasing it needs a reason', async (t) => {
    const { admin, tenantId } = await world([]);
    for (const bad of [
      ...[{}, { reason: '' }, { reason: ' ' }, { reason: 'x', actor: 'a' }, { reason: 'x', actorId: '' }],
      ...[
        { reason: 'x', from: 'yesterday' },
        { reason: 'x', from: '2026-02-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
      ],
    ])
      t.equal((await admin.post(path, bad)).status, 400, JSON.stringify(bad));
    t.equal((await service.as('auditor', { tenantId }).post(path, { reason: 'x' })).status, 403);
    const { status, body: hold } = await admin.post(path, { reason: 'Case 4711', actorId: 'mallory' });
    t.equal(status, 201);
    t.match(hold, {
      ...{ status: 'active', reason: 'Case 4711', actorId: 'mallory', targetId: null, version: 1 },
      placedBy: { type: 'user', id: admin.personId },
      releasedAt: null,
    });
    const one = `${path}/${hold.id}`;
    t.strictSame((await service.as('auditor', { tenantId }).get(one)).body, hold);
    t.equal((await service.as('admin', { tenantId: newId() }).get(one)).status, 404);
    t.equal((await service.as('admin', { tenantId: newId() }).delete(one, {}, { reason: 'x' })).status, 404);
    for (const bad of [undefined, {}, { reason: '  ' }])
      t.equal((await admin.delete(one, {}, bad)).status, 400);
    t.equal((await admin.delete(one, { 'if-match': '"7"' }, { reason: 'Settled' })).status, 412);
    const released = await admin.delete(one, {}, { reason: 'Settled' });
    t.equal(released.status, 200);
    t.match(released.body, {
      ...{ status: 'released', releaseReason: 'Settled', version: 2 },
      releasedBy: { type: 'user', id: admin.personId },
    });
    t.equal((await admin.delete(one, {}, { reason: 'Again' })).status, 409);
    const list = async (query: string) => (await admin.get(`${path}${query}`)).body.data.length;
    t.strictSame([await list(''), await list('?status=active'), await list('?status=released')], [1, 0, 1]);
    const told = (await service.outbox('audit.entry-recorded.v1')).filter(
      ({ payload }) => payload.target.id === hold.id,
    );
    t.strictSame(
      told.map(({ payload }) => payload.action),
      ['audit.legal-hold.place', 'audit.legal-hold.release'],
    );
    t.equal(told[0]?.payload.changes.reason.after, 'Case 4711');
    t.equal(told[1]?.payload.changes.release_reason.after, 'Settled');
  });

  t.test('what it fits is kept, by each of its fields, until it is released', async (t) => {
    const cases: { hold: Record<string, string>; keeps: number[] }[] = [
      { hold: {}, keeps: [0, 1] },
      { hold: { actorId: 'mallory' }, keeps: [0] },
      { hold: { targetType: 'invoice' }, keeps: [1] },
      { hold: { targetId: 'i-1' }, keeps: [1] },
      { hold: { actorId: 'mallory', targetType: 'invoice' }, keeps: [] },
      { hold: { from: new Date(Date.now() - 101 * 86_400_000).toISOString() }, keeps: [0, 1] },
      { hold: { to: new Date(Date.now() - 101 * 86_400_000).toISOString() }, keeps: [] },
      {
        hold: {
          from: new Date(Date.now() - 101 * 86_400_000).toISOString(),
          to: new Date(Date.now() - 99 * 86_400_000).toISOString(),
        },
        keeps: [0, 1],
      },
    ];
    for (const { hold, keeps } of cases) {
      const { admin, ids } = await world([actor('mallory'), { target: { type: 'invoice', id: 'i-1' } }]);
      const { status, body } = await admin.post(path, { reason: 'Case', ...hold });
      t.equal(status, 201);
      await remove();
      const there = await Promise.all(ids.map(isThere));
      t.strictSame(
        there,
        ids.map((_, at) => keeps.includes(at)),
        JSON.stringify(hold),
      );
      await admin.delete(`${path}/${body.id}`, {}, { reason: 'Over' });
      await remove();
      for (const id of ids) t.notOk(await isThere(id), 'retention goes on');
    }
  });

  t.test('one that is being placed is waited for by the removal, and seen', async (t) => {
    const { tenantId, ids } = await world([actor('mallory')]);
    // As the command does: the lock is held, the hold is not committed yet.
    const { service: running } = service;
    const inserted = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const placing = running.db.transaction().execute(async (trx) => {
      const { sql } = await import('kysely');
      await sql`select set_config('app.tenant_id', ${tenantId}, true)`.execute(trx);
      await sql`select lock_retention()`.execute(trx);
      await sql`insert into legal_holds (tenant_id, id, reason, placed_by) values (${tenantId}, ${newId()}, 'Case', '{}')`.execute(
        trx,
      );
      inserted.resolve();
      await go.promise;
    });
    await inserted.promise;
    const removing = removeBatch(running, tenantId, { after: 0, limit: 10 });
    await eventually('the removal waits', async () => {
      const [row] = await service.query<{ n: number }>(
        "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted",
      );
      return (row?.n ?? 0) > 0;
    });
    go.resolve();
    await placing;
    t.strictSame(await removing, []);
    t.ok(await isThere(ids[0] as string));
  });

  t.test('placed while a removal runs: from its answer on nothing more goes', async (t) => {
    const { tenantId, admin } = await world(Array.from({ length: 60 }, () => ({})));
    const removing = (async () => {
      for (let after = 0; ; ) {
        const removed = await removeBatch(service.service, tenantId, { after, limit: 3 });
        if (removed.length === 0) return;
        after = removed.at(-1) as number;
      }
    })();
    const count = async () =>
      (await service.query('select from entries where tenant_id = $1', [tenantId])).length;
    await eventually('some are gone', async () => (await count()) < 60);
    t.equal((await admin.post(path, { reason: 'Case' })).status, 201);
    const left = await count();
    t.ok(left > 0, `${left} were left when it was placed`);
    await removing;
    t.equal(await count(), left);
  });

  t.test('no more than 200 are active', async (t) => {
    const { admin, tenantId } = await world([]);
    await service.query(
      `insert into legal_holds (tenant_id, id, reason, placed_by) select $1, gen_random_uuid(), 'x', '{}' from generate_series(1, 199)`,
      [tenantId],
    );
    const answers = await Promise.all([1, 2, 3].map(() => admin.post(path, { reason: 'Case' })));
    t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  });
});
