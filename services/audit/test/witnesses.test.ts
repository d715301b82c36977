import { newId } from '@stockade/database';
import { findCosignature } from '@stockade/transparency-log';
import t from 'tap';
import { signTreesWithNews } from '../src/checkpoints/commands.ts';
import { createSigner } from '../src/checkpoints/signer.ts';
import { TileCache } from '../src/tiles/cache.ts';
import { createWitnessRounds } from '../src/witnesses/commands.ts';
import { parseWitnesses } from '../src/witnesses/settings.ts';
import { entry, proofHolds, record, settings, start } from './setup.ts';
import { startWitness } from './witness.ts';

const signer = createSigner(settings);
const never = new AbortController().signal;

t.test('cosigning witnesses', async (t) => {
  const service = await start(t);
  const { systemDb, log } = service.service;
  const tenantId = newId();
  const keys: string[] = [signer.verifierKey(tenantId)];
  const one = await startWitness(t, 'witness.example/one', () => keys);
  const two = await startWitness(t, 'witness.example/two', () => keys);
  const parts = { systemDb, log, tiles: new TileCache(), timeoutMs: 300 };
  const rounds = () => createWitnessRounds(parseWitnesses(`${one.setting}, ${two.setting}`));
  const ask = (by = rounds()) => by(parts, never);
  const grow = async (count: number, tenant = tenantId) => {
    const events = Array.from({ length: count }, () => entry(tenant));
    await record(service, events);
    await signTreesWithNews({ systemDb, log, signer });
    return events.map(({ id }) => id);
  };
  const latest = async (tenant = tenantId) =>
    (await service.as('auditor', { tenantId: tenant }).get('/v1/audit/checkpoints/latest')).body;
  const signedBy = ({ checkpoint }: { checkpoint: string }) =>
    [one, two].map(({ key }) => findCosignature(checkpoint, key) !== undefined);

  t.test('they sign what grew, and the checkpoint is shown with it', async (t) => {
    const [id] = await grow(3);
    t.strictSame(signedBy(await latest()), [false, false], 'first without');
    await ask();
    const first = await latest();
    t.strictSame(signedBy(first), [true, true]);
    await grow(300);
    await ask();
    const second = await latest();
    t.equal(second.size, 303);
    t.strictSame(signedBy(second), [true, true], 'by a proof from the size before');
    t.match(one.asked.at(-1), /^old 3\n/);
    t.ok(await proofHolds(service, id as string, tenantId));
    const { data } = (await service.as('auditor', { tenantId }).get('/v1/audit/checkpoints')).body;
    t.strictSame(data, [second, first]);
    const { length } = one.asked;
    await ask();
    t.equal(one.asked.length, length, 'what is signed is not asked for again');
  });

  t.test('one that knows more than we noted says so, and is asked from there', async (t) => {
    await service.query('delete from cosignatures where tenant_id = $1', [tenantId]);
    await grow(5);
    await ask();
    t.strictSame(signedBy(await latest()), [true, true]);
    t.match(one.asked.slice(-2), [/^old 0\n/, /^old 303\n/]);
  });

  t.test('several workers may ask at once', async (t) => {
    await grow(2);
    await Promise.all([ask(), ask(), ask()]);
    t.strictSame(signedBy(await latest()), [true, true]);
  });

  for (const fault of ['hangs', 'fails', 'talks', 'signs wrongly', 'refuses'] as const) {
    t.test(`one that ${fault} keeps neither the checkpoint nor the other waiting`, async (t) => {
      one.state.fault = fault;
      await grow(1);
      const began = performance.now();
      const by = rounds();
      await ask(by);
      t.ok(performance.now() - began < 5_000);
      const { size } = await latest();
      t.strictSame(signedBy(await latest()), [false, true]);
      one.state.fault = null;
      if (fault === 'refuses' || fault === 'signs wrongly') {
        const { length } = one.asked;
        await ask(by);
        t.equal(one.asked.length, length, 'one that refused is left alone for a while');
      }
      await ask(fault === 'refuses' || fault === 'signs wrongly' ? rounds() : by);
      t.equal((await latest()).size, size);
      t.strictSame(signedBy(await latest()), [true, true], 'it signs once it is well again');
    });
  }

  t.test('one that is not there at all', async (t) => {
    const { key } = one;
    const gone = createWitnessRounds(parseWitnesses(`${key} http://127.0.0.1:9/w, ${two.setting}`));
    await grow(1);
    await ask(gone);
    t.strictSame(signedBy(await latest()), [false, true]);
    await ask();
  });

  t.test('a log that it does not know is shown to it no more for a while; the next one is', async (t) => {
    const stranger = '00000000-0000-7000-8000-000000000001';
    await grow(1, stranger);
    await grow(1);
    const by = rounds();
    await ask(by);
    t.strictSame(signedBy(await latest(stranger)), [false, false]);
    t.strictSame(signedBy(await latest()), [true, true]);
    keys.push(signer.verifierKey(stranger));
    await ask();
    t.strictSame(signedBy(await latest(stranger)), [true, true]);
  });

  t.test('a log that was forked is signed no more', async (t) => {
    const forked = newId();
    keys.push(signer.verifierKey(forked));
    await grow(4, forked);
    await ask();
    // As somebody would who holds the database and the key: another past under the same name.
    for (const table of ['entries', 'leaves', 'tiles', 'checkpoints', 'trees'])
      await service.query(`delete from ${table} where tenant_id = $1`, [forked]);
    await grow(6, forked);
    t.equal((await latest(forked)).size, 6);
    await ask();
    t.strictSame(signedBy(await latest(forked)), [false, false]);
  });
});

t.test('settings that make no sense are refused', async (t) => {
  const { setting, key } = await startWitness(t, 'w.example', () => []);
  const logKey = signer.verifierKey(newId());
  t.strictSame(parseWitnesses(''), []);
  t.equal(parseWitnesses(` ${setting} ,`)[0]?.name, 'w.example');
  for (const text of [
    key,
    `${key} ftp://x`,
    `${key} https://`,
    `x ${key}`,
    `${logKey} https://w.example`,
    `${setting},${setting}`,
    Array.from({ length: 17 }, (_, at) => `${key.replace('w.example', `w${at}`)} https://w.example`).join(),
  ])
    t.throws(() => parseWitnesses(text), /AUDIT_WITNESSES/, text);
});
