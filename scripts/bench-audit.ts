// `npm run bench:audit`: what the audit log takes in a second, how long a commit waits for its checkpoint, the whole way
// from a business commit, and proofs in a big log. Everything on one database with durable commits, in one run. Exits with
// 1 when a goal is missed. `--short`: short runs and a small log, only to see that it works; `--only appends|way|proofs`.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '@stockade/testing/stack';
import { benchAppends } from './bench/audit-appends.ts';
import { benchProofs } from './bench/audit-proofs.ts';
import { benchWay } from './bench/audit-way.ts';
import { databaseUrl } from './laws/database-url.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    entries: { type: 'string', default: '10000000' },
  },
});

const closers: (() => unknown)[] = [];
// A server of its own, with the settings that `npm start` gives it: commits are on disk.
delete process.env.TEST_DATABASE_URL;
const home = await mkdtemp(join(tmpdir(), 'stockade-bench-'));
closers.unshift(() => rm(home, { recursive: true, force: true }));
const stack = await startStack({ teardown: (close) => closers.unshift(close) }, { STOCKADE_HOME: home });
const url = await databaseUrl({ STOCKADE_HOME: home });
const secrets = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
const config = {
  AUDIT_SIGNING_KEY: secrets.AUDIT_SIGNING_KEY,
  AUDIT_LOG_ORIGIN: 'stockade.local/audit',
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: 1,
  AUDIT_WITNESSES: '',
  AUDIT_WITNESS_TIMEOUT_SECONDS: 5,
  SIEM_ALLOW_PRIVATE: false,
  SIEM_PAUSE_AFTER_HOURS: 24,
};
const wanted = (part: string) => values.only === undefined || values.only === part;

const met: boolean[] = [];
try {
  if (wanted('appends'))
    met.push(
      await benchAppends({
        ...{ databaseUrl: url, rolesSecret: secrets.DATABASE_ROLES_SECRET, config },
        entries: values.short ? 10_000 : 100_000,
      }),
    );
  if (wanted('way')) await benchWay({ stack, databaseUrl: url, seconds: values.short ? 3 : 15 });
  if (wanted('proofs'))
    met.push(
      await benchProofs({
        ...{ stack, databaseUrl: url, principalPrivateKey: secrets.PRINCIPAL_PRIVATE_KEY },
        entries: values.short ? 100_000 : Number(values.entries),
        requests: values.short ? 100 : 2_000,
      }),
    );
} finally {
  for (const close of closers) await close();
}
process.exitCode = values.short || met.every(Boolean) ? 0 : 1;
