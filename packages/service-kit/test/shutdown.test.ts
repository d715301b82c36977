import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t from 'tap';

/** Starts the process, tells it to end when it runs, and gives how it did. */
async function end(how: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ending-process.ts'), how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let told = 0;
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (told === 0 && said.includes('ready')) {
      told = performance.now();
      child.kill('SIGTERM');
    }
  });
  const [code] = await once(child, 'close');
  return { code, said: said.trim(), ms: performance.now() - told };
}

t.test('a process that is told to end', async (t) => {
  const [well, fails, hangs] = await Promise.all(['well', 'fails', 'hangs'].map(end));
  t.match(well, { code: 0, said: 'ready first last' }, 'closes its parts in their order');
  t.match(fails, { code: 0, said: 'ready first last' }, 'one that cannot be closed keeps no other open');
  t.match(
    hangs,
    { code: 1, said: 'ready first' },
    'one that does not end is left: what it did is handed back',
  );
  t.ok(hangs && hangs.ms > 8_500 && hangs.ms <= 10_000, `within 10 s: ${Math.round(hangs?.ms ?? 0)} ms`);
});
