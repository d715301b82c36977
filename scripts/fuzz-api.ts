// `npm run fuzz:api`: starts a Stockade of its own, fills a tenant and lets Schemathesis try every operation of the
// OpenAPI document with good and bad data: as the tenant's owner, then as the platform's operator. Exits with 1 when any
// check failed. `--examples 100`: for each operation; `--workers 4`; `--only owner|operator`; what follows `--` goes to
// Schemathesis, such as `--include-operation-id createItem` or `--report ndjson`.
import { parseArgs } from 'node:util';
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
    workers: { type: 'string', default: '4' },
    only: { type: 'string' },
  },
});

const closers: (() => unknown)[] = [];
async function end(code: number): Promise<never> {
  for (const close of closers.splice(0)) await close();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopFuzzing();
    void end(1);
  });

const stack = await startStack({ teardown: (close) => closers.unshift(close) });
const { url, credentials } = stack;
const told = await tellStory({ ...credentials, url }, () => {});
await seed(told);
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
const runs = {
  owner: { key: credentials.apiKey, paths: ['--exclude-path-regex', operatorPaths] },
  operator: { key: credentials.operatorKey, paths: ['--include-path-regex', operatorPaths] },
};
const options = { examples: Number(values.examples), workers: Number(values.workers) };
const passed: boolean[] = [];
for (const [who, { key, paths }] of Object.entries(runs)) {
  if (values.only !== undefined && values.only !== who) continue;
  process.stdout.write(`== as the ${who}, ${options.examples} examples an operation\n`);
  passed.push(await fuzz({ url, key, ...ids }, { ...options, more: [...paths, ...positionals] }));
}
const isFine = passed.length > 0 && passed.every(Boolean);
if (!isFine) process.stdout.write(`${stack.output().slice(-4_000)}\n`);
await end(isFine ? 0 : 1);
