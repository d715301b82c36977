import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t from 'tap';

t.test('reports that die with the size of the ledger: none reads it whole', async (t) => {
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

  const plans = printed.split(/^(?=Plan: )/m).slice(1);
  const reads = ['dashboard', 'item search', 'balances of a site', 'movements', 'movements of a site'];
  for (const read of reads)
    t.ok(
      plans.some((plan) => plan.startsWith(`Plan: ${read}\n`)),
      read,
    );
  for (const plan of plans) {
    t.notMatch(plan, /Seq Scan on (movements|ledger_entries)/, plan);
    // Of a ledger of 100,000 movements no step of a page looks at more than a few.
    const looked = [...plan.matchAll(/on (?:movements|ledger_entries)\b.*rows=(\d+)/g)].map(([, n]) =>
      Number(n),
    );
    t.ok(Math.max(0, ...looked) <= 5_000, plan);
  }
});
