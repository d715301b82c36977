import { newId } from '@stockade/database';
import { verifyConsistency } from '@stockade/transparency-log';
import t from 'tap';
import { signTreesWithNews } from '../src/checkpoints/commands.ts';
import { createSigner } from '../src/checkpoints/signer.ts';
import { TileCache } from '../src/tiles/cache.ts';
import { hashRanges } from '../src/tiles/hashes.ts';
import { entry, proofHolds, record, settings, start } from './setup.ts';

t.test('tiles', async (t) => {
  const service = await start(t);
  const { systemDb, log } = service.service;
  const sign = () => signTreesWithNews({ systemDb, log, signer: createSigner(settings) });
  const grow = async (tenantId: string, count: number) => {
    const events = Array.from({ length: count }, () => entry(tenantId));
    await record(service, events);
    return events.map(({ id }) => id);
  };
  const widths = async (tenantId: string) => {
    const rows = await service.query<{ tile: string }>(
      `select level || '/' || index || ':' || length(hashes) / 32 as tile from tiles where tenant_id = $1 order by level, index`,
      [tenantId],
    );
    return rows.map((row) => row.tile);
  };

  t.test('signing puts leaves into tiles, and proofs are made of nothing else', async (t) => {
    const tenantId = newId();
    const first = await grow(tenantId, 100);
    await sign();
    t.strictSame(await widths(tenantId), ['0/0:100']);
    const more = await grow(tenantId, 500);
    await sign();
    t.strictSame(await widths(tenantId), ['0/0:256', '0/1:256', '0/2:88', '1/0:2']);
    const ids = [...first, ...more];
    await service.query(
      "update leaves set leaf_hash = decode(repeat('00', 32), 'hex') where tenant_id = $1",
      [tenantId],
    );
    for (const at of [0, 99, 100, 255, 256, 511, 512, 599])
      t.ok(await proofHolds(service, ids[at] as string, tenantId), `entry ${at + 1}`);
    const auditor = service.as('auditor', { tenantId });
    const bytes = (text: string) => Buffer.from(text, 'base64');
    for (const [from, to] of [
      [1, 600],
      [100, 600],
      [255, 257],
      [256, 512],
      [600, 600],
    ] as const) {
      const { body } = await auditor.get(`/v1/audit/consistency?from=${from}&to=${to}`);
      const { fromRootHash, toRootHash, hashes } = body;
      const [fromRoot, toRoot] = [bytes(fromRootHash), bytes(toRootHash)];
      t.ok(verifyConsistency({ from, to, fromRoot, toRoot, hashes: hashes.map(bytes) }), `${from} to ${to}`);
    }
  });

  t.test('a log from before there were tiles is brought up in steps, and signed', async (t) => {
    const tenantId = newId();
    const size = 140_000;
    await service.query(
      `insert into leaves (tenant_id, sequence, entry_id, leaf_hash, recorded_on)
       select $1, no, gen_random_uuid(), sha256(int8send(no)), current_date from generate_series(1, $2::bigint) as no`,
      [tenantId, size],
    );
    await service.query('insert into trees (tenant_id, size) values ($1, $2)', [tenantId, size]);
    await Promise.all([sign(), sign()]);
    await sign();
    const tiles = await widths(tenantId);
    t.equal(tiles.length, 547 + 3 + 1);
    t.strictSame(tiles.slice(-5), ['0/546:224', '1/0:256', '1/1:256', '1/2:34', '2/0:2']);
    const checkpoints = await service.query('select size::int from checkpoints where tenant_id = $1', [
      tenantId,
    ]);
    t.strictSame(checkpoints, [{ size }]);
  });

  t.test('a tile only grows, whoever writes it', async (t) => {
    const tenantId = newId();
    await grow(tenantId, 3);
    await sign();
    const where = `where tenant_id = '${tenantId}'`;
    for (const change of [
      `hashes = substr(hashes, 1, 64)`,
      `hashes = set_byte(hashes, 0, (get_byte(hashes, 0) + 1) % 256)`,
      `index = index + 1`,
    ])
      await t.rejects(service.query(`update tiles set ${change} ${where}`), /only grows/, change);
    await t.rejects(service.asApp(tenantId, `update tiles set hashes = hashes`), /permission denied/);
    await service.query(`update tiles set hashes = hashes || sha256('x') ${where}`);
  });

  t.test('a tile that is gone is a fault, and no log that ends before it', async (t) => {
    const tenantId = newId();
    await grow(tenantId, 300);
    await sign();
    await service.query(`delete from tiles where tenant_id = '${tenantId}' and level = 0 and index = 0`);
    const auditor = service.as('auditor', { tenantId });
    t.equal((await auditor.get('/v1/audit/consistency?from=1&to=300')).status, 500);
    t.equal((await auditor.get('/v1/audit/consistency?from=1&to=301')).status, 400, 'beyond the log');
  });

  t.test("what is kept in memory is each tenant's own, up to date, within bounds", async (t) => {
    const [one, other] = [newId(), newId()];
    await grow(one, 300);
    await grow(other, 300);
    await sign();
    const cache = new TileCache();
    const root = (tenantId: string) => hashRanges(systemDb, tenantId, [{ lo: 0, hi: 256 }], cache);
    const leaf = (tenantId: string, at: number) =>
      hashRanges(systemDb, tenantId, [{ lo: at, hi: at + 1 }], cache);
    await leaf(one, 299);
    await grow(one, 5);
    await sign();
    t.equal((await leaf(one, 304))[0]?.length, 32, 'what a tile got since it was kept is read');
    const [first] = await leaf(one, 1);
    const [second] = await leaf(other, 1);
    t.equal(cache.size, 3);
    t.notSame(first, second);
    t.strictSame(await leaf(one, 1), [first]);
    t.notSame(await root(one), await root(other));
    const tile = cache.find(one, { level: 0, index: 0 });
    for (let index = 1; tile && index <= 2_000; index++) cache.add(one, { level: 0, index }, tile);
    t.equal(cache.size, 1_024);
    t.equal(cache.find(one, { level: 0, index: 0 }), undefined, 'the oldest went first');
  });
});
