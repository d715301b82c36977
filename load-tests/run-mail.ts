// `npm run load:mail`: the whole way of a mail under load, on a Stockade of its own: POST → durable → queue → scanned →
// stored → audited. Prints a table; exits with 1 when a goal is missed.
//   --minutes 5 --senders 100,500,1000 --rate 10000 --redis --overload --find-max --short
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startRedis } from '@stockade/testing/redis';
import { type Stack, startStack } from '@stockade/testing/stack';
import { databaseUrl } from '../scripts/laws/database-url.ts';
import { createRunner } from './mail/run.ts';
import { findMax, overload, steady } from './mail/stages.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    senders: { type: 'string', default: '100,500,1000' },
    rate: { type: 'string', default: '10000' },
    redis: { type: 'boolean', default: false },
    overload: { type: 'boolean', default: false },
    'find-max': { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
  },
});

const closers: (() => unknown)[] = [];
const t = { teardown: (close: () => unknown) => void closers.unshift(close) };
// A server of its own, with the settings that `npm start` gives it: commits are on disk.
delete process.env.TEST_DATABASE_URL;

async function startOwn(): Promise<{ stack: Stack; databaseUrl: string }> {
  const home = await mkdtemp(join(tmpdir(), 'stockade-mail-load-'));
  t.teardown(() => rm(home, { recursive: true, force: true }));
  const redis = values.redis ? { REDIS_URL: (await startRedis(t)).url } : {};
  const stack = await startStack(t, { STOCKADE_HOME: home, ...redis });
  return { stack, databaseUrl: await databaseUrl({ STOCKADE_HOME: home }) };
}

const met: boolean[] = [];
try {
  const own = await startOwn();
  const seconds = values.short ? 15 : Number(values.minutes) * 60;
  const ratePerMinute = values.short ? 3_000 : Number(values.rate);
  const runner = createRunner(own);
  // Pools are filled and code is compiled before anything is measured: the scanner's takes some ten thousand mails.
  await runner.send({
    senders: 20,
    ratePerMinute: Math.min(ratePerMinute, 10_000),
    seconds: values.short ? 10 : 60,
  });
  await delay(2_000);
  const stages = values.short ? [20] : values.senders.split(',').map(Number);
  for (const senders of stages)
    met.push(await steady(runner, { senders, ratePerMinute, seconds, isShort: values.short }));
  const max = values['find-max'] || values.overload ? await findMax(runner) : null;
  if (max !== null && values.overload) met.push(await overload(runner, max));
} finally {
  for (const close of closers) await close();
}
process.exitCode = met.every(Boolean) ? 0 : 1;
