// `npm run load`: starts a Stockade of its own, runs a k6 scenario against it and prints k6's summary; exits with k6's code,
// which is not 0 when a threshold is missed. `--short`: 20 seconds instead of 60, and wider limits. Another scenario: `--scenario
// <file>`. `--overload`: finds out how many calls a second it can answer, and sends half as many again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Stack, startStack } from '@stockade/testing/stack';
import { databaseUrl } from '../scripts/laws/database-url.ts';
import { overload } from './api/overload.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    scenario: { type: 'string', default: 'story.js' },
    overload: { type: 'boolean', default: false },
  },
});

const closers: (() => unknown)[] = [];
const t = { teardown: (close: () => unknown) => void closers.unshift(close) };
// A server of its own, with the settings that `npm start` gives it.
delete process.env.TEST_DATABASE_URL;
const home = await mkdtemp(join(tmpdir(), 'stockade-load-'));
t.teardown(() => rm(home, { recursive: true, force: true }));

async function runScenario(stack: Stack): Promise<boolean> {
  process.stdout.write(`Stockade is ready at ${stack.url}; k6 runs ${values.scenario}\n`);
  const k6 = spawn('k6', ['run', '--quiet', join(import.meta.dirname, values.scenario)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      STOCKADE_URL: stack.url,
      STOCKADE_API_KEY: stack.credentials.apiKey,
      DURATION_SECONDS: values.short ? '20' : '60',
      SHORT: String(values.short),
      K6_NO_USAGE_REPORT: 'true',
    },
  });
  k6.once('error', () => process.stderr.write('k6 is not on the PATH: go install go.k6.io/k6@v1.8.1\n'));
  const code = await once(k6, 'close').then(
    ([exitCode]) => exitCode ?? 1,
    () => 1,
  );
  if (code !== 0) process.stdout.write(`${stack.output().slice(-4_000)}\n`);
  return code === 0;
}

let isGood = false;
try {
  const stack = await startStack(t, { STOCKADE_HOME: home });
  isGood = values.overload
    ? await overload({
        stack,
        databaseUrl: await databaseUrl({ STOCKADE_HOME: home }),
        isShort: values.short,
      })
    : await runScenario(stack);
} finally {
  for (const close of closers) await close();
}
process.exit(isGood ? 0 : 1);
