// `npm run fuzz:api`: starts a Stockade of its own, fills a tenant and lets Schemathesis try every operation of the
// OpenAPI document with good and bad data: as the tenant's owner, then as the platform's operator. Exits with 1 when any
// check failed. `--examples 100`: for each operation; `--processes 2`: at once; `--only inventory`: one service's, or
// `operator`; what follows `--` goes to Schemathesis, such as `--include-operation-id createItem` or `--report ndjson`.
import { parseArgs } from 'node:util';
import { isPublic } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import { startStack } from '@stockade/testing/stack';
import { tellStory } from './demo/story.ts';
import { knownIds } from './fuzz/known-ids.ts';
import { fuzz, stopFuzzing } from './fuzz/schemathesis.ts';
import { seed } from './test/owasp/seed.ts';
import { idsOf } from './test/owasp/world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    examples: { type: 'string', default: '20' },
    processes: { type: 'string', default: '2' },
    only: { type: 'string' },
  },
});

const closers: (() => unknown)[] = [];
async function end(code: number): Promise<never> {
  for (const close of closers.splice(0)) await close();
  process.exit(code);
}
process.once('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  void end(1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopFuzzing();
    void end(1);
  });

const stack = await startStack({ teardown: (close) => closers.unshift(close) });
const { url, credentials } = stack;
const told = await tellStory({ ...credentials, url }, () => {});
await seed(told, { url, password: credentials.password });
const { owner } = told;
const { data: keys } = await owner.get('/v1/identity/api-keys');
const ids = {
  // The oldest is the one that the launcher made.
  keyId: keys.at(-1).id as string,
  userId: owner.user.id as string,
  known: await knownIds(idsOf(told)),
};

// The operator's, and what the gateway answers about the platform.
const operatorPaths = '^(/v1/admin|/health)';
const operator = {
  name: 'operator',
  key: credentials.operatorKey,
  which: ['--include-path-regex', operatorPaths],
};
// The service with the most operations first: the others fill the time.
const sizes = Map.groupBy(allOperations.filter(isPublic), ({ service }) => service);
sizes.delete('gateway');
const services = [...sizes].sort(([, a], [, b]) => b.length - a.length);
const runs = services
  .map(([name]) => ({
    name: name as string,
    key: credentials.apiKey,
    which: ['--include-tag', name, '--exclude-path-regex', operatorPaths],
  }))
  .concat(operator)
  .filter(({ name }) => values.only === undefined || values.only === name);

let failed = 0;
const started = performance.now();
async function workOff(next: IterableIterator<(typeof runs)[number]>): Promise<void> {
  for (const { name, key, which } of next) {
    const more = [...which, ...positionals];
    const { passed, output } = await fuzz({ url, key, ...ids }, { examples: Number(values.examples), more });
    if (!passed) failed++;
    const cases = /(\d+ generated, [^\n]*)/.exec(output)?.[1] ?? '';
    const seconds = Math.round((performance.now() - started) / 1_000);
    process.stdout.write(`${passed ? '✓' : '✗'} ${name}: ${cases} (${seconds} s)\n${passed ? '' : output}`);
  }
}
const next = runs.values();
await Promise.all(Array.from({ length: Number(values.processes) }, () => workOff(next)));
if (failed > 0) process.stdout.write(`${stack.output().slice(-4_000)}\n`);
await end(runs.length > 0 && failed === 0 ? 0 : 1);
