import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import { mail } from './engine/knowledge.ts';

const script = resolve(import.meta.dirname, '../src/cli/scan.ts');
const run = (...paths: string[]) =>
  spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

t.test('every regular file gets its line, and standard output holds nothing else', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-scan-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'deep/er'), { recursive: true });
  const files: Record<string, Buffer> = {
    'a.eml': mail({}),
    'deep/b.eml': mail({ from: 'a@b.example', html: '<input type=password>' }),
    'deep/er/empty': Buffer.alloc(0),
    'deep/er/binary.bin': Buffer.from([0, 255, 254, 1, 2, 3]),
    'large.eml': Buffer.concat([mail({}), Buffer.alloc(26 * 1024 * 1024, 'x')]),
    'with "quotes" and\nnewline': mail({}),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const { status, stdout, stderr } = run(folder);
  t.equal(status, 0);
  t.equal(stderr, '', 'no progress where there is no terminal');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.strictSame(
    lines.map((line) => line.file).sort(),
    Object.keys(files)
      .map((name) => join(folder, name))
      .sort(),
  );
  for (const line of lines) {
    t.strictSame(Object.keys(line), ['file', 'verdict', 'score', 'findings']);
    t.match(line.verdict, /^(clean|suspicious|malicious)$/);
  }
  const large = lines.find((line) => line.file.endsWith('large.eml'));
  t.match(large.findings, [{ technique: 'unreadable-content' }], 'what is too large is told');

  const single = run(join(folder, 'a.eml'), join(folder, 'nothing-here'));
  t.equal(single.status, 2);
  t.match(single.stderr, /nothing-here/);
  t.equal(single.stdout.trimEnd().split('\n').length, 1, 'what is there is scanned all the same');
  t.equal(run().status, 2, 'no path at all');
});
