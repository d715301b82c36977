import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t from 'tap';

t.test('the bench of inventory runs to its end, without a failed call, and shows its plans', async (t) => {
  const bench = spawn(process.execPath, [join(import.meta.dirname, '../bench-inventory.ts'), '--short'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [bench.stdout, bench.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const [code] = await once(bench, 'close');
  t.equal(code, 0, printed);
  const rows = printed.match(/^ {2}(reference|the same|single|movements in|one hot).* ms +(\d+)/gm) ?? [];
  t.equal(rows.length, 6, printed);
  for (const row of rows) t.match(row, / ms +0$/, 'no call failed');
  t.match(printed, /Plan: movements of a site[\s\S]*Index/);
});
