import type { EventEnvelope } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { entry, proofHolds, record, start } from './setup.ts';

t.test('the log', async (t) => {
  const service = await start(t);
  const { tenantId } = service;
  const auditor = service.as('auditor');

  t.test('an empty log has no checkpoint', async (t) => {
    t.equal((await auditor.get('/v1/audit/checkpoints/latest')).status, 404);
    t.strictSame((await auditor.get('/v1/audit/entries')).body, { data: [], nextCursor: null });
  });

  t.test('concurrent batches, some of them delivered twice, make one gapless sequence', async (t) => {
    const batches = Array.from({ length: 12 }, (_, at) =>
      Array.from({ length: 1 + (at % 9) }, () => entry(tenantId)),
    );
    const other = newId();
    await Promise.all([...batches, ...batches.slice(0, 6)].map((batch) => record(service, batch)));
    await record(service, [entry(other), entry(other)]);
    const wanted = batches.flat().length;
    const rows = await service.query<{ sequence: string }>(
      'select sequence from leaves where tenant_id = $1 order by sequence',
      [tenantId],
    );
    t.strictSame(
      rows.map((row) => Number(row.sequence)),
      Array.from({ length: wanted }, (_, at) => at + 1),
    );
    const [tree] = await service.query<{ size: string }>('select size from trees where tenant_id = $1', [
      tenantId,
    ]);
    t.equal(Number(tree?.size), wanted);
    t.equal(
      (await service.as('auditor', { tenantId: other }).get('/v1/audit/entries')).body.data.length,
      2,
      'each tenant has a log of its own',
    );
    for (const event of [...batches.flat().slice(0, 10), ...batches.flat().slice(-3)])
      t.ok(await proofHolds(service, event.id), 'it is proven');
  });

  t.test('connections that are cut while it grows leave no gap, and no entry is lost or twice', async (t) => {
    const grown = newId();
    const batches = Array.from({ length: 20 }, (_, at) =>
      Array.from({ length: 1 + (at % 4) }, () => entry(grown)),
    );
    let cut = 0;
    const deliver = async (batch: EventEnvelope[]) => {
      // As the queue does: what failed is delivered again, within bounds.
      for (let attempt = 1; ; attempt++) {
        try {
          return await record(service, batch);
        } catch (error) {
          if (attempt >= 50) throw error;
        }
      }
    };
    const delivered = Promise.all(batches.map(deliver));
    for (let at = 0; at < 15; at++) {
      const ended = await service.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'test-app' and datname = current_database() and state <> 'idle'`,
      );
      cut += ended.length;
    }
    await delivered;
    t.ok(cut > 0, 'some were cut');
    const rows = await service.query<{ sequence: number; entry_id: string }>(
      'select sequence::int, entry_id from leaves where tenant_id = $1 order by sequence',
      [grown],
    );
    const ids = batches.flat().map((event) => event.id);
    t.strictSame(
      rows.map((row) => row.sequence),
      ids.map((_, at) => at + 1),
    );
    t.strictSame(rows.map((row) => row.entry_id).sort(), [...ids].sort());
    for (const id of ids) t.ok(await proofHolds(service, id, grown), 'it is proven');
  });

  t.test('an entry that was altered is found out', async (t) => {
    const [first] = (await auditor.get('/v1/audit/entries?limit=1')).body.data;
    t.equal(await proofHolds(service, first.id), true);
    const changes: ((altered: Record<string, unknown>) => void)[] = [
      (altered) => Object.assign(altered, { action: 'inventory.item.delete' }),
      (altered) => Object.assign(altered, { actor: { ...(altered.actor as object), name: 'Somebody else' } }),
      (altered) => Object.assign(altered, { sequence: (altered.sequence as number) + 1 }),
      (altered) => Object.assign(altered, { note: 'added' }),
      (altered) => void delete altered.ip,
    ];
    for (const change of changes) t.equal(await proofHolds(service, first.id, tenantId, change), false);
  });

  t.test('search', async (t) => {
    const id = newId();
    await record(service, [
      entry(tenantId, {
        action: 'purchasing.supplier.create',
        target: { type: 'supplier', id },
        requestId: 'needle',
      }),
    ]);
    for (const query of [
      `targetId=${id}`,
      'action=purchasing.supplier.create',
      'targetType=supplier',
      'requestId=needle',
    ]) {
      const { data } = (await auditor.get(`/v1/audit/entries?${query}`)).body;
      t.strictSame(
        data.map((found: { target: { id: string } }) => found.target.id),
        [id],
        query,
      );
    }
    const later = new Date(Date.now() + 60_000).toISOString();
    t.equal((await auditor.get(`/v1/audit/entries?from=${later}`)).body.data.length, 0);
    t.ok((await auditor.get(`/v1/audit/entries?to=${later}`)).body.data.length > 0);
    const first = (await auditor.get('/v1/audit/entries?limit=5')).body;
    const second = (await auditor.get(`/v1/audit/entries?limit=5&cursor=${first.nextCursor}`)).body;
    const sequences = [...first.data, ...second.data].map((found: { sequence: number }) => found.sequence);
    t.strictSame(
      sequences,
      [...sequences].sort((a, b) => b - a),
      'newest first',
    );
    t.equal(new Set(sequences).size, 10);
    const refused = [
      'cursor=x',
      'limit=0',
      'limit=a',
      'from=yesterday',
      'to=2026-06-30T23:59:60Z',
      'nothing=1',
    ];
    for (const query of [...refused, 'targetId=%00', 'action=', 'actorId=a&actorId=b'])
      t.equal((await auditor.get(`/v1/audit/entries?${query}`)).status, 400, query);
  });

  t.test('who may read', async (t) => {
    const [own] = (await auditor.get('/v1/audit/entries?limit=1')).body.data;
    t.equal((await service.as('operator').get('/v1/audit/entries')).status, 403);
    t.equal((await service.anonymous('GET', '/v1/audit/entries')).status, 401);
    const stranger = service.as('auditor', { tenantId: newId() });
    t.equal((await stranger.get(`/v1/audit/entries/${own.id}`)).status, 404);
    t.equal((await stranger.get(`/v1/audit/entries/${own.id}/proof`)).status, 404);
    t.equal((await auditor.get('/v1/audit/entries/nonsense')).status, 400);
  });

  t.test('nobody rewrites it, not even the app role of its own tenant', async (t) => {
    for (const table of ['entries', 'leaves', 'tiles', 'checkpoints']) {
      await t.rejects(
        service.asApp(tenantId, `update ${table} set tenant_id = tenant_id`),
        /permission denied/,
        table,
      );
      await t.rejects(service.asApp(tenantId, `delete from ${table}`), /permission denied/, table);
    }
  });

  await isolationTest(t, service, ['trees', 'entries', 'leaves', 'tiles', 'checkpoints', 'inbox']);
});
