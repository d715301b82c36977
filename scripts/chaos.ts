// `npm run chaos -- --seed N --minutes M [--redis]`: a Stockade of its own under traffic of all kinds while its processes
// are killed and frozen, its servers restarted, killed and filled up, and its network cut and slowed. Afterwards what every
// client was told must agree with what is there. Exits with 1 when it does not. The same seed makes the same faults and
// the same decisions of clients. `--short`: one minute; `--keep`: the folder stays, also when all is well.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from './chaos/run.ts';
import { createTeller } from './chaos/tell.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '5' },
    redis: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const shortSeed = 20;
const seed = values.seed ? Number(values.seed) : values.short ? shortSeed : Math.floor(Math.random() * 1e9);
const minutes = values.short ? 1 : Number(values.minutes);
if (!Number.isSafeInteger(seed) || !(minutes > 0)) {
  process.stderr.write('--seed takes a whole number, --minutes a number above 0\n');
  process.exit(2);
}
// A server of its own, with the settings that `npm start` gives it: commits are on disk.
delete process.env.TEST_DATABASE_URL;

let began = performance.now();
const teller = createTeller(() => performance.now() - began);
const folder = await mkdtemp(join(tmpdir(), `stockade-chaos-${seed}-`));
// PostgreSQL runs as another user where this one is root, and has its data below.
await chmod(folder, 0o711);
const closers: (() => unknown)[] = [];
async function end(): Promise<void> {
  for (const close of closers.splice(0))
    try {
      await close();
    } catch (error) {
      teller.bad(`while stopping: ${(error as Error).message}`);
    }
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().finally(() => process.exit(130)));

const backend = values.redis ? 'Redis' : 'PostgreSQL';
const again = `npm run chaos -- --seed ${seed} --minutes ${minutes}${values.redis ? ' --redis' : ''}`;
teller.step(`Seed ${seed}, ${minutes} minutes, queues in ${backend}: ${again}`);
let wrong: string[];
try {
  wrong = await chaos(
    { teardown: (close) => void closers.unshift(close) },
    {
      ...{ seed, seconds: minutes * 60, redis: values.redis, folder, teller },
      begin: () => {
        began = performance.now();
      },
    },
  );
} catch (error) {
  wrong = [`The run could not be ended: ${(error as Error).stack}`];
  teller.bad(wrong[0] as string);
}
await end();
if (wrong.length === 0 && !values.keep) await rm(folder, { recursive: true, force: true });
else await writeFile(join(folder, 'differences.txt'), `${again}\n\n${wrong.join('\n')}\n`);
if (wrong.length === 0) teller.good(`Seed ${seed} on ${backend}: nothing lost, nothing twice, nothing stuck`);
else
  teller.bad(
    `Seed ${seed} on ${backend}: ${wrong.length} differences. ${folder} has differences.txt, journal.ndjson (what clients sent and were told), faults.json, processes.log and PostgreSQL's own log. Again: ${again}`,
  );
if (teller.skipped.length > 0) teller.bad(`NOT TRIED on this machine: ${teller.skipped.join(', ')}`);
process.exit(wrong.length === 0 ? 0 : 1);
