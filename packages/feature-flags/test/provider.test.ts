import { ProviderEvents, ProviderStatus } from '@openfeature/server-sdk';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t, { type Test } from 'tap';
import { createFeatureFlags, RuleCache } from '../src/index.ts';
import { openFlagStore, startLine } from './database.ts';
import { flags as catalogue, says } from './samples.ts';

const store = await openFlagStore(t);
const line = await startLine(t, store.url);
const tenantId = newId();
const user = newId();
const me = { tenantId, userId: user };

/** Flags of a process whose rules are fresh for no time at all, unless told. */
async function start(t: Test, options: object = {}, url = line.url) {
  const flags = createFeatureFlags('inventory', {
    ...{ catalogue, freshMs: 0, staleMs: 60_000, timeoutMs: 10_000, pauseMs: 20 },
    ...options,
  });
  const warnings: string[] = [];
  const closers: (() => unknown)[] = [];
  await flags.start({
    db: store.open(url),
    log: { warn: (_, message) => void warnings.push(message), info: () => {} },
    onShutdown: (close) => void closers.push(close),
  });
  const stop = async () => {
    for (const close of closers.splice(0)) await close();
  };
  t.teardown(stop);
  return { flags, warnings, stop };
}

const say = (key: string, targeting: object, of: string | null = null) =>
  of === null
    ? store.query(
        `insert into platform_feature_flags (key, version, by_operator) values ($1, 1, $2)
         on conflict (key) do update set by_operator = excluded.by_operator, version = platform_feature_flags.version + 1`,
        [key, JSON.stringify(says(targeting))],
      )
    : store.query(
        `insert into feature_flags (tenant_id, key, version, by_tenant) values ($3, $1, 1, $2)
         on conflict (tenant_id, key) do update set by_tenant = excluded.by_tenant, version = feature_flags.version + 1`,
        [key, JSON.stringify(says(targeting)), of],
      );

t.test('values of all types, with variant and reason as OpenFeature has them', async (t) => {
  const { flags } = await start(t);
  t.match(await flags.details('test.boolean', me), { value: false, variant: 'off', reason: 'DEFAULT' });
  await say('test.boolean', { variant: 'on' });
  await say('test.string', { users: [{ userId: user, variant: 'c' }] }, tenantId);
  await say('test.number', { split: { by: 'user', shares: [{ variant: 'many', percent: 100 }] } });
  await say('test.object', { variant: 'large' }, tenantId);
  t.match(await flags.details('test.boolean', me), { value: true, variant: 'on', reason: 'STATIC' });
  t.match(await flags.details('test.string', me), { value: 'third', reason: 'TARGETING_MATCH' });
  t.match(await flags.details('test.string', { tenantId, userId: newId() }), {
    value: 'first',
    reason: 'DEFAULT',
  });
  t.match(await flags.details('test.number', me), { value: 40, reason: 'SPLIT' });
  const object = await flags.details('test.object', me);
  t.strictSame(object.value, { rows: 9, wide: true });
  t.strictSame({ ...object.flagMetadata }, { decidedBy: 'tenant' });
  const elsewhere = { tenantId: newId(), userId: user };
  t.equal(await flags.value('test.string', elsewhere), 'first', 'what a tenant says is its own');
});

t.test('what cannot be answered has its error code, and the caller’s default', async (t) => {
  const { flags } = await start(t);
  const { client } = flags;
  const context = { targetingKey: user, tenantId };
  t.match(await client.getBooleanDetails('test.nothing', true, context), {
    ...{ value: true, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' },
  });
  t.match(await client.getBooleanDetails('constructor', true, context), { errorCode: 'FLAG_NOT_FOUND' });
  t.match(await client.getStringDetails('test.boolean', 'x', context), {
    ...{ value: 'x', reason: 'ERROR', errorCode: 'TYPE_MISMATCH' },
  });
  t.match(await client.getBooleanDetails('test.boolean', false, {}), { errorCode: 'INVALID_CONTEXT' });
  t.equal(client.providerStatus, ProviderStatus.READY);
});

t.test('the store goes: the last known values hold, then it is back', async (t) => {
  const { flags, warnings } = await start(t);
  const events: string[] = [];
  for (const event of [ProviderEvents.Stale, ProviderEvents.Ready])
    flags.client.addHandler(event, () => void events.push(event));
  t.match(await flags.details('test.boolean', me), { value: true, reason: 'STATIC' });
  await line.cut();
  t.match(await flags.details('test.boolean', me), { value: true, variant: 'on', reason: 'STALE' });
  t.equal(flags.client.providerStatus, ProviderStatus.STALE);
  t.match(warnings, [/last known rules/]);
  await say('test.boolean', { variant: 'off' });
  t.equal(await flags.value('test.boolean', me), true);
  await line.mend();
  await eventually('it is asked again', async () => (await flags.value('test.boolean', me)) === false);
  t.match(await flags.details('test.boolean', me), { value: false, reason: 'STATIC' });
  t.equal(flags.client.providerStatus, ProviderStatus.READY);
  t.match(events.slice(-2), [ProviderEvents.Stale, ProviderEvents.Ready]);
  await say('test.boolean', { variant: 'on' });
});

t.test('it is gone for longer than values hold: the code’s default, until it is back', async (t) => {
  const { flags } = await start(t, { staleMs: 2_000 });
  t.equal(await flags.value('test.boolean', me), true);
  await line.cut();
  t.match(await flags.details('test.boolean', me), { value: true, reason: 'STALE' });
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  t.match(await flags.details('test.boolean', me), { value: false, reason: 'ERROR', errorCode: 'GENERAL' });
  t.equal(flags.client.providerStatus, ProviderStatus.ERROR);
  await line.mend();
  await eventually('it is asked again', async () => (await flags.value('test.boolean', me)) === true);
  t.equal(flags.client.providerStatus, ProviderStatus.READY);
});

t.test('it does not answer: nobody waits for long, and not everybody waits', async (t) => {
  const { flags } = await start(t, { timeoutMs: 300, pauseMs: 3_000 });
  // A busy machine may need longer than that for the first look.
  await eventually('it answers', async () => (await flags.value('test.boolean', me)) === true);
  line.silence(true);
  const started = performance.now();
  t.match(await flags.details('test.boolean', me), { value: true, reason: 'STALE' });
  const first = performance.now() - started;
  t.ok(first >= 290, `the first waited ${first} ms`);
  for (let no = 0; no < 50; no++) await flags.value('test.boolean', me);
  t.ok(
    performance.now() - started < first + 2_500,
    'those after it did not: they would have waited for 15 s',
  );
  line.silence(false);
  await line.cut();
  await line.mend();
});

t.test('a process that starts without the store starts, and hears of it when it is there', async (t) => {
  await line.cut();
  const { flags, warnings } = await start(t);
  t.match(await flags.details('test.boolean', me), { value: false, reason: 'ERROR', errorCode: 'GENERAL' });
  t.ok(warnings.some((warning) => /defaults hold/.test(warning)));
  await line.mend();
  await eventually('it is asked', async () => (await flags.value('test.boolean', me)) === true);
  t.equal(flags.client.providerStatus, ProviderStatus.READY);
});

t.test('rules are kept for a while, and of not more tenants than it may', async (t) => {
  const { flags } = await start(t, { freshMs: 60_000 }, store.url);
  t.equal(await flags.value('test.boolean', me), true);
  await say('test.boolean', { variant: 'off' });
  t.equal(await flags.value('test.boolean', me), true);
  t.equal(await flags.value('test.boolean', { tenantId: newId(), userId: null }), false);
});

t.test('rules of not more tenants are kept than it may', async (t) => {
  const reads: string[] = [];
  const read = async (id: string) => {
    reads.push(id);
    return new Map();
  };
  const cache = new RuleCache({ read, freshMs: 60_000, maxTenants: 2 });
  for (const id of ['a', 'b', 'b', 'c', 'b', 'a']) await cache.rulesOf(id);
  t.strictSame(reads, ['a', 'b', 'c', 'a']);
});

t.test('many who ask at once have the store asked once', async (t) => {
  let reads = 0;
  const cache = new RuleCache({
    read: async () => {
      reads++;
      return new Map();
    },
    freshMs: 60_000,
  });
  await Promise.all(Array.from({ length: 20 }, () => cache.rulesOf('a')));
  t.equal(reads, 1);
});

t.test('how often flags are asked for is told in one event of all of them', async (t) => {
  const { flags, stop } = await start(t, {}, store.url);
  for (let no = 0; no < 5; no++) await flags.value('test.number', me);
  await flags.value('test.string', me);
  // Who shuts down tells what was not told yet.
  await stop();
  const [event] = await store.query<{ tenant_id: string; payload: { payload: object } }>(
    "select tenant_id, payload from outbox where type = 'feature-flags.evaluations-counted.v1' order by seq desc limit 1",
  );
  t.equal(event?.tenant_id, '00000000-0000-0000-0000-000000000000');
  t.match(event?.payload.payload, {
    service: 'inventory',
    flags: [
      { flagKey: 'test.number', evaluations: 5, lastEvaluatedAt: String },
      { flagKey: 'test.string', evaluations: 1 },
    ],
  });
});
