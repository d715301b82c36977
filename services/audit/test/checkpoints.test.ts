import { newId } from '@stockade/database';
import { openCheckpoint, verifyConsistency } from '@stockade/transparency-log';
import { sql } from 'kysely';
import t from 'tap';
import { signTreesWithNews } from '../src/checkpoints/commands.ts';
import { createSigner, type Signer } from '../src/checkpoints/signer.ts';
import { entry, proofHolds, record, settings, start } from './setup.ts';

const signer = createSigner(settings);

t.test('checkpoints', async (t) => {
  const service = await start(t);
  const { systemDb, db, log } = service.service;
  const sign = (by: Signer = signer) => signTreesWithNews({ systemDb, log, signer: by });
  /** A tenant of its own with so many entries. */
  async function grown(count: number) {
    const tenantId = newId();
    const events = Array.from({ length: count }, () => entry(tenantId));
    await record(service, events);
    return { tenantId, ids: events.map((event) => event.id), auditor: service.as('auditor', { tenantId }) };
  }
  const signedSizes = async (tenantId: string) => {
    const rows = await service.query<{ size: string }>(
      'select size from checkpoints where tenant_id = $1 order by size',
      [tenantId],
    );
    return rows.map((row) => Number(row.size));
  };

  t.test('each size is signed once, however many sign', async (t) => {
    const { tenantId } = await grown(3);
    await Promise.all([1, 2, 3].map(() => sign()));
    await record(service, [entry(tenantId), entry(tenantId)]);
    await Promise.all([1, 2, 3].map(() => sign()));
    await sign();
    t.strictSame(await signedSizes(tenantId), [3, 5]);
  });

  t.test('each checkpoint grows from the one before', async (t) => {
    const { tenantId, auditor } = await grown(3);
    await sign();
    await record(service, [entry(tenantId), entry(tenantId)]);
    await sign();
    const [latest, before] = (await auditor.get('/v1/audit/checkpoints')).body.data;
    t.strictSame((await auditor.get('/v1/audit/checkpoints/latest')).body, latest);
    const opened = openCheckpoint(latest.checkpoint, latest.verifierKey);
    t.equal(opened.origin, `log.example/audit/${tenantId}`, 'it names its log');
    t.strictSame([opened.size, opened.rootHash.toString('base64')], [latest.size, latest.rootHash]);
    const { body } = await auditor.get(`/v1/audit/consistency?from=${before.size}&to=${latest.size}`);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const [fromRoot, toRoot] = [bytes(before.rootHash), bytes(latest.rootHash)];
    t.ok(verifyConsistency({ from: 3, to: 5, fromRoot, toRoot, hashes: body.hashes.map(bytes) }));
    t.strictSame([body.fromRootHash, body.toRootHash], [before.rootHash, latest.rootHash]);
  });

  t.test('the list is paged, newest first', async (t) => {
    const { tenantId, auditor } = await grown(1);
    for (let size = 1; size <= 3; size++) {
      await sign();
      await record(service, [entry(tenantId)]);
    }
    const first = (await auditor.get('/v1/audit/checkpoints?limit=2')).body;
    const second = (await auditor.get(`/v1/audit/checkpoints?limit=2&cursor=${first.nextCursor}`)).body;
    const sizes = [...first.data, ...second.data].map((found: { size: number }) => found.size);
    t.strictSame(sizes, [3, 2, 1]);
    t.equal(second.nextCursor, null);
  });

  t.test('a proof that comes before the checkpoint has it signed, once', async (t) => {
    const { tenantId, ids } = await grown(5);
    const proofs = await Promise.all([...ids, ...ids].map((id) => proofHolds(service, id, tenantId)));
    t.ok(proofs.every(Boolean));
    t.strictSame(await signedSizes(tenantId), [5]);
  });

  t.test('a log that cannot be read keeps no other from being signed', async (t) => {
    const [broken, whole] = [await grown(3), await grown(2)];
    await service.query('delete from leaves where tenant_id = $1', [broken.tenantId]);
    await sign();
    t.strictSame(await signedSizes(broken.tenantId), []);
    t.strictSame(await signedSizes(whole.tenantId), [2]);
    await service.query('delete from trees where tenant_id = $1', [broken.tenantId]);
  });

  t.test('nor does one that somebody holds a lock on', async (t) => {
    const [held, free] = [await grown(1), await grown(1)];
    await db.transaction().execute(async (trx) => {
      await sql`select set_config('app.tenant_id', ${held.tenantId}, true)`.execute(trx);
      await sql`select 1 from trees for update`.execute(trx);
      await sign();
    });
    t.strictSame(await signedSizes(held.tenantId), []);
    t.strictSame(await signedSizes(free.tenantId), [1]);
    await sign();
    t.strictSame(await signedSizes(held.tenantId), [1], 'it is signed as soon as it is free');
  });

  t.test('a log that grows all the while is signed once a round', async (t) => {
    const { tenantId } = await grown(1);
    let rounds = 0;
    let growing = true;
    const grow = async () => {
      while (growing) await record(service, [entry(tenantId)]);
    };
    const growth = [grow(), grow()];
    for (; rounds < 20; rounds++) {
      // On a busy machine the two may not get round to it between two rounds.
      await record(service, [entry(tenantId)]);
      await sign();
    }
    growing = false;
    await Promise.all(growth);
    const sizes = await signedSizes(tenantId);
    t.ok(sizes.length > 1 && sizes.length <= rounds, `${sizes.length} checkpoints in ${rounds} rounds`);
    const [tree] = await service.query<{ size: number }>('select size::int from trees where tenant_id = $1', [
      tenantId,
    ]);
    await sign();
    t.equal((await signedSizes(tenantId)).at(-1), tree?.size);
  });

  t.test('an unreachable database is told to the caller, who tries again', async (t) => {
    const lost = {
      ...signer,
      sign: () => {
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      },
    };
    await grown(1);
    await t.rejects(sign(lost), /gone/);
  });

  t.test('sizes that make no sense are refused', async (t) => {
    const { auditor } = await grown(4);
    for (const query of [
      'from=3&to=2',
      'from=1&to=5',
      'from=0&to=1',
      'from=1',
      'from=1.5&to=2',
      'from=a&to=2',
    ])
      t.equal((await auditor.get(`/v1/audit/consistency?${query}`)).status, 400, query);
    const stranger = service.as('auditor', { tenantId: newId() });
    t.equal((await stranger.get('/v1/audit/consistency?from=1&to=4')).status, 400, "another tenant's log");
    t.strictSame((await stranger.get('/v1/audit/checkpoints')).body, { data: [], nextCursor: null });
    t.equal((await auditor.get('/v1/audit/checkpoints?cursor=x')).status, 400);
  });
});
