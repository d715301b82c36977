import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import { entryOf, exportOf, key, logOf, makeLog } from './sample-log.ts';

const folder = await mkdtemp(join(tmpdir(), 'audit-verify-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
// Whoever verifies has a copy of these files, and nothing else.
await cp(resolve(import.meta.dirname, '../src'), join(folder, 'src'), { recursive: true });
const file = async (name: string, content: string) => {
  await writeFile(join(folder, name), content);
  return name;
};
const lines = exportOf(logOf(2_500, [1_000]));
const whole = await file('whole.ndjson', `${lines.join('\n')}\n`);
const keyFile = await file('log.key', `${key}\n`);

function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [join(folder, 'src/cli/audit-verify.ts'), ...args],
      { cwd: folder, env: {} },
      (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

t.test('a whole log', async (t) => {
  const { code, out, err } = await run([whole, '--key', keyFile]);
  t.match(out, /^log\.example\/audit\/[0-9a-f-]+\nKey [0-9a-f]{8}\n/);
  t.match(out, /1 earlier checkpoint|2 earlier checkpoints/);
  t.match(out, /✓ 2,500 entries are proven: the whole log that the key signed\.\n$/);
  t.strictSame({ code, err }, { code: 0, err: '' });
  t.equal(
    (await run(['-', '--key', key], lines.join('\n'))).code,
    0,
    'from the standard input, with the key itself',
  );
});

t.test('a part of it', async (t) => {
  const part = await file('part.ndjson', exportOf(logOf(300), (sequence) => sequence % 100 === 7).join('\n'));
  const { code, out } = await run([part, '--key', keyFile]);
  t.match(out, /✓ 3 entries are proven: in the log of 300 entries that the key signed/);
  t.equal(code, 0);
});

t.test('entries that are wrong are named', async (t) => {
  const changed = lines.map((line) => line.replace('"after":"entry 777"', '"after":"entry 778"'));
  const { code, out } = await run([await file('changed.ndjson', changed.join('\n')), '--key', keyFile]);
  t.match(out, /✗ entry 777 \(id-777\): altered: it is not what was hashed\n/);
  t.match(out, /\nNot proven: 1 problem\.\n$/);
  t.equal(code, 1);
});

t.test('of very many problems the first are told, and how many there are', async (t) => {
  const changed = lines.map((line) => line.replace('"after":"entry', '"after":"entrance'));
  const { code, out } = await run([await file('much.ndjson', changed.join('\n')), '--key', keyFile]);
  t.match(out, /… and 2,400 more\n/);
  t.equal(out.split('\n').filter((line) => line.startsWith('✗')).length, 100);
  t.equal(code, 1);
});

t.test('older checkpoints: as text, as the API answers them, or an older export', async (t) => {
  const entries = Array.from({ length: 60 }, (_, at) => entryOf(at + 1));
  const log = makeLog(entries, { signedAt: [20, 40] });
  const now = await file('now.ndjson', exportOf(log).join('\n'));
  const [twenty, forty] = log.checkpoints as unknown as [{ checkpoint: string }, { checkpoint: string }];
  const text = await file('20.txt', twenty.checkpoint);
  const answer = await file('40.json', JSON.stringify({ size: 40, checkpoint: forty.checkpoint }));
  const kept = ['--since', text, '--since', answer];
  const good = await run([now, '--key', keyFile, ...kept]);
  t.match(good.out, /still the log of your older checkpoints \(20, 40\)/);
  t.equal(good.code, 0);

  const rewritten = entries.map((entry, at) => (at === 30 ? entryOf(31, 'forged') : entry));
  const forked = await file('forked.ndjson', exportOf(makeLog(rewritten, { signedAt: [20, 40] })).join('\n'));
  t.equal((await run([forked, '--key', keyFile])).code, 0, 'by itself it looks as it should');
  const bad = await run([forked, '--key', keyFile, ...kept]);
  t.match(bad.out, /✗ entries 21 to 40: fork: the older checkpoint of size 40 does not fit/);
  t.equal(bad.code, 1);
  t.match(await run([forked, '--key', keyFile, '--since', now]), {
    code: 1,
    out: /fork: the older checkpoint of size 60/,
  });

  const part = await file('part-60.ndjson', exportOf(log, (sequence) => sequence === 55).join('\n'));
  t.match(await run([part, '--key', keyFile, ...kept]), {
    code: 2,
    out: /does not show how large the log was at 20, 40/,
  });
});

t.test('what cannot be checked ends with 2', async (t) => {
  for (const args of [
    [],
    [whole],
    ['--key', keyFile],
    [whole, whole, '--key', keyFile],
    [whole, '--key', keyFile, '--fast'],
  ])
    t.match(await run(args), { code: 2, err: /./ }, args.join(' '));
  t.match(await run(['nothing.ndjson', '--key', keyFile]), { code: 2, err: /ENOENT/ });
  t.match(await run([whole, '--key', 'nothing.key']), { code: 2, err: /ENOENT/ });
  t.match(await run([whole, '--key', whole]), { code: 2, err: /no public key of a log/ });
  t.match(await run([whole, '--key', keyFile, '--since', keyFile]), {
    code: 2,
    err: /log\.key: This is no signed note/,
  });
  const csv = await file('audit.csv', 'sequence,id\r\n1,x\r\n');
  t.match(await run([csv, '--key', keyFile]), { code: 1, out: /line 1: It is no JSON/ });
});
