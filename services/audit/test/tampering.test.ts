import { newId } from '@stockade/database';
import type { Checkpoint, Problem } from '@stockade/transparency-log';
import { appendLeaves, canonicalize, extendTiles, leafHash, rootHash } from '@stockade/transparency-log';
import t from 'tap';
import { signTreesWithNews } from '../src/checkpoints/commands.ts';
import { writeTiles } from '../src/tiles/queries.ts';
import { exported, keepCheckpoint, signer, verify } from './exporting.ts';
import { entry, record, start } from './setup.ts';

const service = await start(t);
const { systemDb, log } = service.service;
const size = 40;

/** A log of 40 entries that was signed after each five of them; the first checkpoints are kept by its auditor. */
async function makeLog() {
  const tenantId = newId();
  const auditor = service.as('auditor', { tenantId });
  const kept: Checkpoint[] = [];
  for (let at = 0; at < size; at += 5) {
    await record(
      service,
      Array.from({ length: 5 }, () => entry(tenantId)),
    );
    await signTreesWithNews({ systemDb, log, signer });
    kept.push(await keepCheckpoint(tenantId, auditor));
  }
  const query = (text: string, ...params: unknown[]) =>
    service.query<Record<string, string>>(text, [tenantId, ...params]);
  const textOf = async (sequence: number) =>
    (await query('select entry from entries where tenant_id = $1 and sequence = $2', sequence))[0]?.entry ??
    '';
  const forge = async (sequence: number) => {
    const forged = { ...JSON.parse(await textOf(sequence)), action: 'inventory.item.forge' };
    const text = canonicalize(forged);
    await query('update entries set entry = $3 where tenant_id = $1 and sequence = $2', sequence, text);
    return { id: forged.id as string, hash: leafHash(Buffer.from(text)) };
  };
  const found = async (older = [kept[0], kept[3]] as typeof kept) => {
    const { text } = await exported(service, auditor);
    return (await verify(tenantId, text, older)).found;
  };
  return { tenantId, kept, query, textOf, forge, found };
}

const inShort = (found: readonly Problem[]) =>
  found.map(({ kind, first, last }) => `${kind} ${first === last ? first : `${first}-${last}`}`);

t.test('a log that nobody touched has nothing to tell', async (t) => {
  t.strictSame(await (await makeLog()).found(), []);
});

t.test('entries', async (t) => {
  t.test('changed', async (t) => {
    const { forge, found } = await makeLog();
    const { id } = await forge(17);
    t.match(await found(), [{ kind: 'altered', first: 17, last: 17, ids: [id] }]);
  });
  t.test('changed so that it still says the same', async (t) => {
    const { query, found } = await makeLog();
    await query(
      "update entries set entry = replace(entry, ',', ', ') where tenant_id = $1 and sequence = 17",
    );
    t.strictSame(inShort(await found())[0], 'damaged 17', 'it is not what was hashed, byte for byte');
  });
  t.test('removed', async (t) => {
    const { query, found } = await makeLog();
    await query('delete from entries where tenant_id = $1 and sequence in (17, 18, 30)');
    t.strictSame(inShort(await found()), ['missing 17-18', 'missing 30']);
  });
  t.test('exchanged', async (t) => {
    const { query, found } = await makeLog();
    await query(
      'update entries e set entry = o.entry, id = o.id from entries o where e.tenant_id = $1 and o.tenant_id = $1 and (e.sequence, o.sequence) in ((17, 23), (23, 17))',
    );
    t.strictSame(inShort(await found()), ['out-of-order 17', 'out-of-order 23']);
  });
  t.test('put in', async (t) => {
    const { query, textOf, found } = await makeLog();
    const forged = canonicalize({
      ...JSON.parse(await textOf(17)),
      id: newId(),
      action: 'inventory.item.forge',
    });
    await query(
      `insert into entries select tenant_id, sequence, recorded_on - 400, $2, occurred_at, actor_id, action, target_type, target_id, request_id, $3
       from entries where tenant_id = $1 and sequence = 17`,
      newId(),
      forged,
    );
    t.ok(inShort(await found()).includes('inserted 17'), 'a second entry with a number that is taken');
  });
  t.test('put in, and what follows moved on', async (t) => {
    const { query, found } = await makeLog();
    for (const table of ['entries', 'leaves']) {
      await query(`update ${table} set sequence = sequence + 1001 where tenant_id = $1 and sequence >= 17`);
      await query(`update ${table} set sequence = sequence - 1000 where tenant_id = $1 and sequence > 1000`);
    }
    t.match(inShort(await found())[0], /^(missing 17|inserted 17)$/);
  });
});

t.test('leaves', async (t) => {
  t.test('changed', async (t) => {
    const { query, found } = await makeLog();
    await query("update leaves set leaf_hash = sha256('x') where tenant_id = $1 and sequence = 17");
    t.strictSame(inShort(await found()), ['altered 17', 'altered 17-18']);
  });
  t.test('changed with their entries', async (t) => {
    const { query, forge, found } = await makeLog();
    const { hash } = await forge(17);
    await query('update leaves set leaf_hash = $2 where tenant_id = $1 and sequence = 17', hash);
    t.strictSame(
      inShort(await found()),
      ['altered 17-18'],
      'one of two neighbours, which the tree has together',
    );
  });
  t.test('removed, with their entries', async (t) => {
    const { query, found } = await makeLog();
    for (const table of ['entries', 'leaves'])
      await query(`delete from ${table} where tenant_id = $1 and sequence = 17`);
    t.strictSame(inShort(await found()), ['missing 17']);
  });
  t.test('removed', async (t) => {
    const { query, found } = await makeLog();
    await query('delete from leaves where tenant_id = $1 and sequence = 17');
    t.strictSame(inShort(await found()), ['inserted 17'], 'an entry that the log has no leaf for');
  });
  t.test('exchanged, with their entries and the numbers in them', async (t) => {
    const { query, textOf, found } = await makeLog();
    const texts = [await textOf(17), await textOf(24)];
    for (const [at, sequence] of [24, 17].entries()) {
      const text = canonicalize({ ...JSON.parse(texts[at] as string), sequence });
      await query('update entries set entry = $3 where tenant_id = $1 and sequence = $2', sequence, text);
      const hash = leafHash(Buffer.from(text));
      await query('update leaves set leaf_hash = $3 where tenant_id = $1 and sequence = $2', sequence, hash);
    }
    t.strictSame(inShort(await found()), ['altered 17-18', 'altered 23-24']);
  });
});

t.test('tiles', async (t) => {
  t.test('changed', async (t) => {
    const { query, found } = await makeLog();
    await service.query('alter table tiles disable trigger tiles_only_grow');
    await query(
      "update tiles set hashes = overlay(hashes placing sha256('x') from 16 * 32 + 1) where tenant_id = $1 and level = 0",
    );
    await service.query('alter table tiles enable trigger tiles_only_grow');
    t.strictSame(inShort(await found()), ['altered 17-18']);
  });
  t.test('removed', async (t) => {
    const { query, found } = await makeLog();
    await query('delete from tiles where tenant_id = $1');
    t.strictSame(await found(), [], 'what is proven needs none of them');
  });
  t.test('made anew after an entry and its leaf were changed', async (t) => {
    const { forge, query, tenantId, found } = await makeLog();
    const { hash } = await forge(17);
    await query('update leaves set leaf_hash = $2 where tenant_id = $1 and sequence = 17', hash);
    await rebuild(tenantId);
    t.match(await found(), [
      { kind: 'fork', first: 6, last: 20 },
      { kind: 'checkpoint', first: 16, last: 20 },
    ]);
  });
});

/** Makes all tiles anew from the leaves, as somebody does who covers their traces. Gives the root at each size. */
async function rebuild(tenantId: string): Promise<(size: number) => Buffer> {
  const rows = await service.query<{ leaf_hash: Buffer }>(
    'select leaf_hash from leaves where tenant_id = $1 order by sequence',
    [tenantId],
  );
  const leaves = rows.map(({ leaf_hash }) => leaf_hash);
  await service.query('delete from tiles where tenant_id = $1', [tenantId]);
  const none = (): Buffer => Buffer.alloc(0);
  await writeTiles(systemDb, tenantId, extendTiles(0, leaves, none));
  const hashes = appendLeaves(0, leaves, none);
  return (at) =>
    rootHash(
      at,
      (node) => hashes.find((one) => one.level === node.level && one.index === node.index)?.hash as Buffer,
    );
}

t.test('checkpoints', async (t) => {
  t.test('changed', async (t) => {
    const { query, found } = await makeLog();
    await query(
      "update checkpoints set checkpoint = replace(checkpoint, chr(10) || '25' || chr(10), chr(10) || '26' || chr(10)) where tenant_id = $1 and size = 25",
    );
    t.match(await found(), [{ kind: 'signature', message: /size 25 is not signed by that key/ }]);
  });
  t.test('exchanged', async (t) => {
    const { query, found } = await makeLog();
    await query(
      'update checkpoints c set checkpoint = o.checkpoint from checkpoints o where c.tenant_id = $1 and o.tenant_id = $1 and (c.size, o.size) in ((10, 15), (15, 10))',
    );
    t.match(await found(), [
      { message: /size 10 signs another size: 15/ },
      { message: /size 15 signs another size: 10/ },
    ]);
  });
  t.test("another log's put in", async (t) => {
    const other = await makeLog();
    const { query, found } = await makeLog();
    await query(
      'update checkpoints c set checkpoint = o.checkpoint from checkpoints o where c.tenant_id = $1 and c.size = 25 and o.tenant_id = $2 and o.size = 25',
      other.tenantId,
    );
    t.match(await found(), [{ kind: 'checkpoint', message: /size 25 is of another log/ }]);
  });
  t.test('put in, for a log that never was', async (t) => {
    const { query, tenantId, found } = await makeLog();
    const root = leafHash(Buffer.from('never'));
    const forged = signer.sign(tenantId, 22, root);
    await query(
      'insert into checkpoints (tenant_id, size, root_hash, checkpoint) values ($1, 22, $2, $3)',
      root,
      forged,
    );
    t.match(await found(), [{ kind: 'checkpoint', first: 21, last: 22 }]);
  });
  t.test('the latest removed', async (t) => {
    const { query, found } = await makeLog();
    await query(`delete from checkpoints where tenant_id = $1 and size = ${size}`);
    t.match(await found(), [{ kind: 'checkpoint', first: 36, last: 40, message: /it was removed/ }]);
  });
  t.test('an older one removed, which somebody kept', async (t) => {
    const { query, found } = await makeLog();
    await query('delete from checkpoints where tenant_id = $1 and size = 20');
    t.match(await found(), [{ kind: 'checkpoint', message: /size 20 is not in the log's list any more/ }]);
  });
});

t.test('a fork: history rewritten, and signed anew with the key of the service', async (t) => {
  const { forge, query, tenantId, found, kept } = await makeLog();
  const { hash } = await forge(17);
  await query('update leaves set leaf_hash = $2 where tenant_id = $1 and sequence = 17', hash);
  const rootAt = await rebuild(tenantId);
  for (const { size: at } of kept) {
    const root = rootAt(at);
    await query(
      'update checkpoints set root_hash = $3, checkpoint = $4 where tenant_id = $1 and size = $2',
      ...[at, root, signer.sign(tenantId, at, root)],
    );
  }
  t.strictSame(await found([]), [], 'by itself it looks as it should');
  t.match(await found(), [{ kind: 'fork', first: 6, last: 20 }], 'a checkpoint from before gives it away');
  t.match(
    await found(kept.slice(0, 4)),
    [{ kind: 'fork', first: 16, last: 20 }],
    'the more of them, the closer',
  );

  const auditor = service.as('auditor', { tenantId });
  const { body } = await auditor.get('/v1/audit/consistency?from=20&to=40');
  const root = kept[3]?.rootHash.toString('base64');
  t.not(body.fromRootHash, root, 'the consistency proof is not of the log that was signed');
});

t.test('a log that was cut back', async (t) => {
  const { query, kept, found } = await makeLog();
  for (const table of ['entries', 'leaves'])
    await query(`delete from ${table} where tenant_id = $1 and sequence > 20`);
  await query('delete from checkpoints where tenant_id = $1 and size > 20');
  await query('update trees set size = 20, checkpoint_size = 20 where tenant_id = $1');
  t.match(await found([kept[6]] as typeof kept), [
    { kind: 'fork', message: /of 35 entries, this export's of 20: the log has shrunk/ },
  ]);
});
