import t from 'tap';
import { createEngine, noKnowledge, parseMessage } from '../../src/engine/index.ts';
import { KeptTenants } from '../../src/engine/kept-tenants.ts';
import { WorkerPool } from '../../src/engine/pool.ts';
import { mail, tenant } from './knowledge.ts';

/** A message whose parsed form breaks what judges it: something that no bytes can lead to. */
const broken = { ...parseMessage(mail({})), text: undefined } as unknown as ReturnType<typeof parseMessage>;
/** Bytes over which a thread sits so long that a very impatient pool gives up. */
const slow = Buffer.from(
  `From: a@b.example\nContent-Type: text/html\n\n${'<p style="color:#123">x</p>'.repeat(150_000)}`,
);

t.test('parse, scan, and both in one go', async (t) => {
  const engine = createEngine({ size: 1, idleMs: 50 });
  t.teardown(() => engine.close());
  const bytes = mail({ subject: 'In a thread' });
  const parsed = await engine.parse(bytes);
  t.equal(parsed.message?.subject, 'In a thread');
  t.ok(bytes.length > 0, 'the bytes are still there');
  if (!parsed.message) return;
  const scanned = await engine.scan(parsed.message, noKnowledge);
  t.strictSame(await engine.examine(bytes), scanned);
  t.strictSame(
    await engine.examine(bytes, { tenant, message: noKnowledge.message }),
    await engine.scan(parsed.message, { tenant, message: noKnowledge.message }),
  );
});

t.test('many at once, in their order', async (t) => {
  const engine = createEngine({ size: 2 });
  t.teardown(() => engine.close());
  const raws = Array.from({ length: 50 }, (_, at) => mail({ subject: String(at) }));
  const parsed = await engine.parseMany(raws);
  t.strictSame(
    parsed.map(({ message }) => message?.subject),
    raws.map((_, at) => String(at)),
  );
  const items = parsed.flatMap(({ message }) =>
    message ? [{ message, knowledge: noKnowledge.message, envelope: {} }] : [],
  );
  const results = await engine.scanMany(items, tenant);
  t.equal(results.length, 50);
  t.ok(results.every(({ verdict }) => verdict === 'clean'));
  t.strictSame(await engine.parseMany([]), []);
  t.strictSame(await engine.scanMany([], tenant), []);
});

t.test('one that fails does not take the others with it', async (t) => {
  const engine = createEngine({ size: 1 });
  t.teardown(() => engine.close());
  const good = parseMessage(mail({}));
  const items = [good, broken, good].map((message) => ({
    message,
    knowledge: noKnowledge.message,
    envelope: {},
  }));
  const verdicts = (await engine.scanMany(items, tenant)).map(({ findings }) =>
    findings.some(({ technique }) => technique === 'scan-incomplete'),
  );
  t.strictSame(verdicts, [false, true, false]);
});

t.test('one that takes too long is given up, alone', async (t) => {
  const pool = new WorkerPool({ size: 1, timeoutMs: 40 });
  t.teardown(() => pool.close());
  const parse = (bytes: Uint8Array) => ({ kind: 'parse' as const, bytes });
  await pool.run({ tasks: [parse(mail({}))] });
  const outcomes = await pool.run({
    tasks: [parse(mail({ subject: 'a' })), parse(slow), parse(mail({ subject: 'b' })), parse(slow)],
  });
  t.match(outcomes, [
    { value: { message: { subject: 'a' } } },
    { error: /too long/ },
    { value: { message: { subject: 'b' } } },
    { error: /too long/ },
  ]);
  t.equal(pool.alive <= 1, true);
  const engine = createEngine({ size: 1, timeoutMs: 20 });
  t.teardown(() => engine.close());
  t.match(await engine.parse(slow), { message: null, reason: /too long/ });
  t.match(await engine.examine(slow), {
    verdict: 'suspicious',
    findings: [{ technique: 'scan-incomplete' }],
  });
});

t.test('threads end when there is nothing to do, and after much work', async (t) => {
  const pool = new WorkerPool({ size: 2, idleMs: 20, tasksPerThread: 3 });
  t.teardown(() => pool.close());
  const tasks = Array.from({ length: 3 }, () => ({ kind: 'parse' as const, bytes: mail({}) }));
  for (let round = 0; round < 3; round++) t.equal((await pool.run({ tasks })).length, 3);
  t.equal(pool.alive, 0, 'each thread had done enough');
  await pool.run({ tasks: tasks.slice(0, 1) });
  t.equal(pool.alive, 1);
  while (pool.alive > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

t.test('closing', async (t) => {
  const pool = new WorkerPool({ size: 1 });
  const job = { tasks: [{ kind: 'parse' as const, bytes: mail({}) }] };
  const ended = [pool.run(job), pool.run(job)].map((running) => t.rejects(running, { name: 'PoolClosed' }));
  await pool.close();
  await Promise.all(ended);
  await t.rejects(pool.run(job), { name: 'PoolClosed' });
});

t.test('what a thread keeps of tenants', async (t) => {
  const kept = new KeptTenants<number>();
  t.equal(kept.use('a', undefined), undefined);
  t.equal(kept.use('a', 1), 1);
  t.equal(kept.use('a', undefined), 1);
  for (let at = 0; at < 8; at++) kept.use(String(at), at);
  t.notOk(kept.has('a'), 'the one that was not used for longest goes');
  t.ok(kept.has('0'));
});

t.test('a large tenant is sent to a thread once', async (t) => {
  const engine = createEngine({ size: 1 });
  t.teardown(() => engine.close());
  const suppliers = Array.from({ length: 5_000 }, (_, at) => ({
    ...{ id: `s${at}`, name: `Supplier number ${at} Ltd`, mailDomains: [`supplier-${at}.example`] },
    ...{ contacts: [{ name: 'C', email: `c@supplier-${at}.example` }], bankAccounts: [] },
  }));
  const knowledge = { tenant: { ...tenant, key: 'large', suppliers }, message: noKnowledge.message };
  await engine.examine(mail({}), knowledge);
  const start = performance.now();
  for (let at = 0; at < 50; at++) await engine.examine(mail({}), knowledge);
  const each = (performance.now() - start) / 50;
  t.ok(each < 20, `${each.toFixed(1)} ms each`);
});
