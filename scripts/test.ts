// `npm test`: format and lint, types, then every test on one PostgreSQL server of its own. Ends with one line
// `N passed, N failed`, which counts each check and each test case. Arguments narrow it to the test files they name.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startEmbeddedPostgres } from '@stockade/database/embedded';
import { pgBouncerMissing } from '@stockade/testing/pgbouncer';
import { redisMissing } from '@stockade/testing/redis';
import { readReport } from './test-report.ts';

const root = resolve(import.meta.dirname, '..');
const files = process.argv.slice(2);
const report = join(root, '.tap', 'report.tap');
const children = new Set<ChildProcess>();

interface Outcome {
  code: number;
  output: string;
}

function run(
  command: readonly string[],
  options: { show: boolean; env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const child = spawn(process.execPath, [...command], {
    cwd: root,
    stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
    env: { ...process.env, ...options.env },
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  return new Promise((done) =>
    child.once('close', (code) => {
      children.delete(child);
      done({ code: code ?? 1, output });
    }),
  );
}

async function check(name: string, command: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const { code, output } = await run(command, { show: false });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return code === 0;
}

/** What tap made of its plugins, and the plugins it was made for. */
async function runnerState(): Promise<string> {
  const home = realpathSync(join(root, 'node_modules/tap'));
  const made = realpathSync(join(home, '../@tapjs/test/test-built/dist/esm/index.js'));
  const plugins = await readFile(join(root, '.taprc'));
  return createHash('sha256')
    .update(made)
    .update(await readFile(made))
    .update(plugins)
    .digest('hex');
}

/** tap is built once with the plugins of .taprc; what an installation replaced is built again. */
async function buildRunner(bin: string): Promise<void> {
  const stamp = join(root, '.tap/built');
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === (await runnerState())) return;
  if (await check('test runner built', [bin, 'build'])) await writeFile(stamp, await runnerState());
}

async function runTests(databaseUrl: string) {
  await rm(report, { force: true });
  const bin = join(root, 'node_modules/tap/dist/esm/run.mjs');
  await buildRunner(bin);
  const reporter = process.stdout.isTTY ? 'base' : 'terse';
  const isCovered = process.env.COVERAGE === '1';
  const coverage = isCovered ? '--show-full-coverage' : '--disable-coverage';
  const preload = pathToFileURL(join(root, 'scripts/test-preload.mjs'));
  const { code } = await run(
    [bin, 'run', `--reporter=${reporter}`, `--output-file=${report}`, coverage, ...files],
    {
      show: true,
      env: {
        TEST_DATABASE_URL: databaseUrl,
        NODE_ENV: 'test',
        STOCKADE_TEST_RUN: '1',
        ...(isCovered ? {} : { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${preload}` }),
      },
    },
  );
  const counted = readReport(await readFile(report, 'utf8').catch(() => ''));
  // Whatever made the runner fail counts, also when no case did; and a run of nothing is no success.
  if (counted.failed === 0 && (code !== 0 || counted.passed === 0)) counted.failed++;
  return counted;
}

const missingRedis = redisMissing();
if (missingRedis) process.stdout.write(`! Skipped: the tests on Redis. ${missingRedis}.\n`);
const missingPgBouncer = pgBouncerMissing();
if (missingPgBouncer) process.stdout.write(`! Skipped: the test on PgBouncer. ${missingPgBouncer}.\n`);

const home = await mkdtemp(join(tmpdir(), 'stockade-test-'));
const postgres = await startEmbeddedPostgres({
  dataDir: join(home, 'postgres'),
  password: randomBytes(16).toString('hex'),
  settings: { fsync: 'off', max_connections: '400' },
});
async function cleanUp(): Promise<void> {
  for (const child of children) child.kill('SIGTERM');
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await Promise.race([cleanUp(), delay(10_000)]);
    process.exit(1);
  });
}

const started = performance.now();
let passed = 0;
const failures: string[] = [];
let failed = 0;
try {
  if (files.length === 0) {
    const checks = [
      {
        name: 'format and lint',
        command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
      },
      { name: 'types', command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
    ];
    const held = await Promise.all(checks.map(({ name, command }) => check(name, command)));
    failures.push(...checks.filter((_, index) => !held[index]).map(({ name }) => `✗ ${name}`));
    failed += failures.length;
    passed += checks.length - failures.length;
  }
  const counted = await runTests(postgres.url);
  passed += counted.passed;
  failed += counted.failed;
  failures.push(...counted.failures);
  // Once more at the end, where they are found without looking through the output of half an hour.
  if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.join('\n')}\n`);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  process.stdout.write(
    `\n${minutes} min${counted.skipped ? `, ${counted.skipped} skipped` : ''}\n${passed} passed, ${failed} failed\n`,
  );
} finally {
  await cleanUp();
}
process.exit(failed === 0 ? 0 : 1);
