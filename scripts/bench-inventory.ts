// `npm run bench:inventory`: what inventory does a second, beside the same SQL by raw `pg`; and its reads with ten million
// movements beside those with ten thousand, with their query plans. Everything on one database, in one run. Exits with 1
// when a goal is missed. `--short`: a small ledger and short runs, only to see that it works; `--only writes|reads`.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '@stockade/testing/stack';

import { benchReads } from './bench/reads.ts';
import { benchWrites } from './bench/writes.ts';
import { databaseUrl } from './laws/database-url.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string', default: '15' },
    movements: { type: 'string', default: '10000000' },
  },
});

const closers: (() => unknown)[] = [];
// A server of its own, with the settings that `npm start` gives it: commits are on disk.
delete process.env.TEST_DATABASE_URL;
const home = await mkdtemp(join(tmpdir(), 'stockade-bench-'));
closers.unshift(() => rm(home, { recursive: true, force: true }));
const stack = await startStack({ teardown: (close) => closers.unshift(close) }, { STOCKADE_HOME: home });
const url = await databaseUrl({ STOCKADE_HOME: home });
const { PRINCIPAL_PRIVATE_KEY: principalPrivateKey } = JSON.parse(
  await readFile(join(home, 'secrets.json'), 'utf8'),
);

const met: boolean[] = [];
try {
  if (values.only !== 'reads')
    met.push(
      await benchWrites({ stack, databaseUrl: url, seconds: values.short ? 3 : Number(values.seconds) }),
    );
  if (values.only !== 'writes')
    met.push(
      await benchReads({
        ...{ stack, databaseUrl: url, principalPrivateKey },
        items: values.short ? 2_000 : 100_000,
        movements: { few: 10_000, many: values.short ? 100_000 : Number(values.movements) },
        requests: values.short ? 60 : 500,
      }),
    );
} finally {
  for (const close of closers) await close();
}
process.exitCode = values.short || met.every(Boolean) ? 0 : 1;
