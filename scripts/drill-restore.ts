// `npm run drill:restore`: does what one hopes never to need. A Stockade of its own is put under load, backed up in the midst of
// it, and killed; then it is restored to a moment of the load in another folder, started, and looked over: the laws, the audit,
// and whether what was acknowledged before that moment is there, and nothing of after it. Prints RPO and RTO, and exits with 1 when
// something is not as it should be. `--gb 1` fills the database first; `--short`: small and soon over.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { backupKeys, listKept } from '@stockade/backup';
import { eventually } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import pg from 'pg';
import { loadLedger, withoutIndexes } from './bench/ledger-data.ts';
import { verifyAudit } from './drill/audit.ts';
import { type Acknowledged, type Load, startLoad } from './drill/load.ts';
import { command, killAll } from './drill/run.ts';
import { databaseUrl } from './laws/database-url.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, gb: { type: 'string', default: '0' } },
});
const goal = { rpoSeconds: 60, rtoSecondsForGb: 60 };
/** Of the bench's ledger, with its indexes. */
const movementsPerGb = 1_150_000;
const loadSeconds = values.short ? 8 : 30;
/** How often a call is made that is answered with when to come again. */
const patience = 10;

const say = (text: string) => process.stdout.write(`${text}\n`);
let bad = 0;
function judge(holds: boolean, text: string): void {
  say(holds ? styleText('green', `✓ ${text}`) : styleText('red', `✗ ${text}`));
  if (!holds) bad++;
}

const closers: (() => unknown)[] = [];
const teardown = { teardown: (close: () => unknown) => void closers.unshift(close) };
// A server of its own, whose commits are on disk.
delete process.env.TEST_DATABASE_URL;
const place = await mkdtemp(join(tmpdir(), 'stockade-drill-'));
// As root, PostgreSQL runs as somebody else, who has to get to its data.
await chmod(place, 0o711);
closers.unshift(() => rm(place, { recursive: true, force: true }));
const folder = join(place, 'backups');
const home = join(place, 'first');
const second = join(place, 'second');

const connect = async (of: string) => {
  const client = new pg.Client(await databaseUrl({ STOCKADE_HOME: of }));
  await client.connect();
  return client;
};

async function fill(gb: number): Promise<void> {
  const client = await connect(home);
  const silent = () => undefined;
  const movements = Math.round(gb * movementsPerGb);
  await withoutIndexes(client, silent, async () => {
    await loadLedger(client, { items: 10_000, movements, base: 0 }, silent);
  });
  await client.end();
}

async function databaseGb(of: string): Promise<number> {
  const client = await connect(of);
  const { rows } = await client.query('select pg_database_size(current_database())::float8 as bytes');
  await client.end();
  return rows[0].bytes / 1024 ** 3;
}

/** The newest moment that the archive leads to. */
async function archivedUntil(key: string): Promise<number> {
  const { sources } = await listKept(folder, backupKeys(key));
  return Math.max(0, ...sources.map(({ course }) => course.until.getTime()));
}

interface Life {
  acknowledged: Acknowledged[];
  /** A moment in the midst of the load. */
  moment: Date;
}

/** The first Stockade: load, a backup in the midst of it, a moment to go back to, death. */
async function live(): Promise<Life> {
  const env = { STOCKADE_HOME: home, DATABASE_URL: '', BACKUP: 'true', BACKUP_FOLDER: folder };
  const stack = await startStack(teardown, env);
  if (Number(values.gb) > 0) await fill(Number(values.gb));
  const { BACKUP_KEY: key } = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'));
  const load = await startLoad(stack.credentials);
  await delay(loadSeconds * 1_000);
  const started = performance.now();
  await command('infra/local/src/backup/run-backup.ts', [], env);
  say(
    `base backup of ${(await databaseGb(home)).toFixed(2)} GB under load: ${seconds(performance.now() - started)}`,
  );
  await delay(loadSeconds * 1_000);
  const moment = new Date();
  await eventually(
    'the moment is archived',
    async () => (await archivedUntil(key)) >= moment.getTime(),
    60_000,
  );
  // Any moment between two closed segments.
  await delay(Math.random() * (values.short ? 5_000 : 30_000));
  await die(stack, load, key);
  return { acknowledged: load.acknowledged, moment };
}

async function die(stack: Stack, load: Load, key: string): Promise<void> {
  const died = Date.now();
  killAll(stack.launcher.pid as number, home);
  await load.stop();
  const until = await archivedUntil(key);
  const lost = load.acknowledged.filter(({ toldAt }) => toldAt > until);
  const oldest = Math.min(died, ...lost.map(({ toldAt }) => toldAt));
  const rpo = (died - oldest) / 1_000;
  say(
    `killed with ${load.acknowledged.length} movements acknowledged, ${lost.length} of them after the newest archived moment`,
  );
  judge(
    rpo <= goal.rpoSeconds,
    `RPO: ${rpo.toFixed(1)} s of acknowledged work lost with the machine (at most ${goal.rpoSeconds} s)`,
  );
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** From the command until the second Stockade answers a call. */
async function comeBack({ moment }: Life): Promise<Stack> {
  const started = performance.now();
  const env = { STOCKADE_HOME: home, BACKUP_FOLDER: folder };
  const said = await command(
    'infra/local/src/backup/run-restore.ts',
    ['--to', moment.toISOString(), '--into', second],
    env,
  );
  say(said.trimEnd());
  const restored = performance.now();
  const stack = await startStack(teardown, { STOCKADE_HOME: second, DATABASE_URL: '' });
  const get = apiOf(stack);
  await eventually('a call is answered', () => get('/v1/inventory/items?limit=1').catch(() => null), 60_000);
  const rto = (performance.now() - started) / 1_000;
  const gb = await databaseGb(second);
  say(`restored in ${seconds(restored - started)}, started in ${seconds(performance.now() - restored)}`);
  judge(
    rto <= goal.rtoSecondsForGb * Math.max(1, gb),
    `RTO: ${rto.toFixed(1)} s from the command to the first answered call, ${gb.toFixed(2)} GB (at most ${goal.rtoSecondsForGb} s for 1 GB)`,
  );
  return stack;
}

/** Asks as a client should: who is told to come again, because the system has just started and is busy, comes again. */
const apiOf =
  (stack: Stack) =>
  async (path: string): Promise<Record<string, unknown>> => {
    for (let turn = 1; ; turn++) {
      const answer = await fetch(`${stack.url}${path}`, {
        headers: { authorization: `Bearer ${stack.credentials.apiKey}` },
        signal: AbortSignal.timeout(30_000),
      });
      const body = await answer.text();
      if (answer.status === 200) return JSON.parse(body);
      const wait = Number(answer.headers.get('retry-after'));
      if (answer.status !== 503 || !wait || turn === patience)
        throw new Error(`GET ${path} answered ${answer.status}: ${body}`);
      await delay(wait * 1_000);
    }
  };

/** What was under way at the moment is worked off first: then everything has to agree. */
async function drained(client: pg.Client): Promise<void> {
  const services = ['identity', 'inventory', 'purchasing', 'email_scanning'];
  const waiting = services.map(
    (schema) => `(select count(*) from ${schema}.outbox where published_at is null)`,
  );
  await eventually(
    'what was under way is worked off',
    async () => {
      const { rows } = await client.query(`select ${waiting.join(' + ')} as waiting`);
      return Number(rows[0].waiting) === 0;
    },
    60_000,
  );
}

async function lookOver(stack: Stack, { acknowledged, moment }: Life): Promise<void> {
  const client = await connect(second);
  await drained(client);
  const before = acknowledged.filter(({ toldAt }) => toldAt < moment.getTime()).map(({ id }) => id);
  const after = acknowledged.filter(({ sentAt }) => sentAt > moment.getTime() + 1_000).map(({ id }) => id);
  const there = async (ids: string[]) => {
    const { rows } = await client.query('select id from inventory.movements where id = any($1::uuid[])', [
      ids,
    ]);
    return rows.length;
  };
  judge(
    (await there(before)) === before.length && before.length > 0,
    `all ${before.length} movements acknowledged before the moment are there`,
  );
  judge(
    (await there(after)) === 0 && after.length > 0,
    `none of the ${after.length} of more than a second after it`,
  );
  const audit = await eventually(
    'every movement has its audit entry',
    async () => {
      const found = await verifyAudit(apiOf(stack));
      return before.every((id) => found.targets.has(id)) && found;
    },
    60_000,
  ).catch((error: Error) => error);
  if (audit instanceof Error) judge(false, `the audit: ${audit.message}`);
  else
    judge(
      true,
      `the audit's ${audit.entries} entries make the tree that all ${audit.checkpoints} checkpoints sign; each movement has one`,
    );
  await client.end();
  const laws = await command('scripts/check-laws.ts', [], { STOCKADE_HOME: second, DATABASE_URL: '' }).catch(
    (error: Error) => error,
  );
  if (laws instanceof Error) say(laws.message);
  judge(!(laws instanceof Error), 'all laws hold');
}

try {
  const life = await live();
  const stack = await comeBack(life);
  await lookOver(stack, life);
} catch (error) {
  judge(false, (error as Error).stack ?? String(error));
} finally {
  for (const close of closers) await close();
}
process.exit(bad === 0 ? 0 : 1);
