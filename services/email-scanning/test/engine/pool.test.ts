import t from 'tap';
import type { Task } from '../../src/engine/assignment.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { KeptTenants } from '../../src/engine/kept-tenants.ts';
import { noKnowledge } from '../../src/engine/knowledge.ts';
import { type PoolOptions, WorkerPool } from '../../src/engine/pool.ts';
import { mail, tenant } from './knowledge.ts';

const script = new URL('./stubborn-worker.ts', import.meta.url);

/** A pool whose threads do what each task's bytes say. */
function stubborn(t: { teardown(end: () => Promise<void>): void }, options: PoolOptions = {}): WorkerPool {
  const pool = new WorkerPool({ size: 1, script, ...options });
  t.teardown(() => pool.close());
  return pool;
}

const orders = (...all: string[]): Task[] =>
  all.map((order) => ({ kind: 'parse', bytes: Buffer.from(order) }));

t.test('parse, scan, and both in one go', async (t) => {
  const engine = createEngine({ size: 1 });
  t.teardown(() => engine.close());
  const bytes = mail({ subject: 'In a thread' });
  const parsed = await engine.parse(bytes);
  t.equal(parsed.message?.subject, 'In a thread');
  t.ok(bytes.length > 0, 'the bytes are still there');
  if (!parsed.message) return;
  const knowledge = { tenant, message: noKnowledge.message };
  t.strictSame(await engine.examine(bytes), await engine.scan(parsed.message, noKnowledge));
  t.strictSame(await engine.examine(bytes, knowledge), await engine.scan(parsed.message, knowledge));

  const raws = Array.from({ length: 50 }, (_, at) => mail({ subject: String(at) }));
  const many = await engine.parseMany(raws);
  t.strictSame(
    many.map(({ message }) => message?.subject),
    raws.map((_, at) => String(at)),
    'many at once, in their order',
  );
  const broken = { ...parsed.message, text: undefined } as unknown as typeof parsed.message;
  const items = [...many.map(({ message }) => message), broken].flatMap((message) =>
    message ? [{ message, knowledge: noKnowledge.message, envelope: {} }] : [],
  );
  const results = await engine.scanMany(items, tenant);
  const incomplete = results.map(({ findings }) => findings[0]?.technique === 'scan-incomplete');
  t.strictSame(
    incomplete,
    [...raws.map(() => false), true],
    'one that fails does not take the others with it',
  );
  t.match(results.at(-1), { verdict: 'suspicious' });
  t.strictSame(await engine.parseMany([]), []);
  t.strictSame(await engine.scanMany([], tenant), []);
});

t.test('the engine says why there is no result', async (t) => {
  const engine = createEngine({ size: 2, timeoutMs: 300, script });
  t.teardown(() => engine.close());
  t.match(await engine.parse(Buffer.from('loop')), { message: null, reason: 'it took too long' });
  t.match(await engine.examine(Buffer.from('fail')), { findings: [{ technique: 'scan-incomplete' }] });
});

t.test('one that takes too long is given up, alone', async (t) => {
  const pool = stubborn(t, { timeoutMs: 300 });
  t.match(await pool.run({ tasks: orders('a', 'loop', 'b', 'loop', 'c') }), [
    { value: { order: 'a' } },
    { error: 'it took too long' },
    { value: { order: 'b' } },
    { error: 'it took too long' },
    { value: { order: 'c' } },
  ]);
});

t.test('so is one that takes its thread down', async (t) => {
  const pool = stubborn(t, { timeoutMs: 20_000 });
  const ended = { error: /./ };
  t.match(await pool.run({ tasks: orders('a', 'exit', 'b') }), [{ value: {} }, ended, { value: {} }]);
  t.match(await pool.run({ tasks: orders('throw', 'b') }), [{ error: 'thrown' }, { value: {} }]);
  t.match(await pool.run({ tasks: orders('a', 'fill') }), [{ value: {} }, { error: /memory/ }]);
  t.match(await pool.run({ tasks: orders('a', 'fail') }), [{ value: {} }, { error: 'failed' }]);
  t.ok(pool.alive <= 1);
});

t.test('a tenant is sent to a thread once', async (t) => {
  const pool = stubborn(t);
  const sent = async (key: string) => (await pool.run({ tasks: orders('x'), tenant: { ...tenant, key } }))[0];
  t.match(await sent('a'), { value: { tenant: true } });
  t.match(await sent('a'), { value: { tenant: false } });
  t.match(await sent('b'), { value: { tenant: true } });
  t.match(await sent('a'), { value: { tenant: false } });
  await pool.run({ tasks: orders('exit') });
  t.match(await sent('a'), { value: { tenant: true } }, 'a new thread knows nothing');
});

t.test('threads end when there is nothing to do, and after much work', async (t) => {
  const pool = stubborn(t, { idleMs: 20, tasksPerThread: 3 });
  for (let round = 0; round < 3; round++)
    t.match(await pool.run({ tasks: orders('a', 'b', 'c') }), [{ value: { assignments: 1 } }], 'a new one');
  t.equal(pool.alive, 0, 'each thread had done enough');
  await pool.run({ tasks: orders('a') });
  while (pool.alive > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

t.test('a thread that is to be kept stays, and is replaced after much work', async (t) => {
  const pool = stubborn(t, { size: 2, kept: 1, idleMs: 20, tasksPerThread: 3 });
  pool.warm();
  t.equal(pool.alive, 1, 'before there is work');
  await Promise.all([pool.run({ tasks: orders('a') }), pool.run({ tasks: orders('b') })]);
  while (pool.alive > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 60));
  t.equal(pool.alive, 1, 'the other one has ended');
  await pool.run({ tasks: orders('a', 'b', 'c') });
  t.equal(pool.alive, 1, 'its successor is there before the next mail');
  t.match(await pool.run({ tasks: orders('exit') }), [{ error: /./ }]);
  t.equal(pool.alive, 1, 'so is one for a thread that a mail took down');
});

t.test('nothing waits for a thread that starts while another is about to be free', async (t) => {
  const pool = stubborn(t, { size: 2, kept: 1 });
  await pool.run({ tasks: orders('a') });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => pool.run({ tasks: orders('a'), tenant })),
  );
  t.match(
    outcomes[1],
    [{ value: { assignments: 3, tenant: false } }],
    'the one that knows the tenant took the next',
  );
  // The one at work dies while the other is starting: what waits goes to the other.
  const last = await Promise.all([pool.run({ tasks: orders('exit') }), pool.run({ tasks: orders('b') })]);
  t.match(last, [[{ error: /./ }], [{ value: { order: 'b' } }]]);
});

t.test('what waits goes to a thread together, but no two tenants do', async (t) => {
  const pool = stubborn(t);
  const assignmentsOf = async (...keys: string[]) => {
    const jobs = keys.map((key) => pool.run({ tasks: orders('a'), tenant: { ...tenant, key } }));
    return (await Promise.all(jobs)).map(([outcome]) =>
      outcome && 'value' in outcome ? (outcome.value as { assignments: number }).assignments : 0,
    );
  };
  t.strictSame(await assignmentsOf('a', 'a', 'a', 'b', 'b', 'a'), [1, 2, 2, 3, 3, 4]);
  const many = await assignmentsOf(...Array.from({ length: 18 }, () => 'a'));
  t.strictSame([...new Set(many)], [5, 6, 7, 8], 'eight at most');
  const large = pool.run({ tasks: orders(...'abcdefgh') });
  const jobs = [pool.run({ tasks: orders('a') }), pool.run({ tasks: orders(...'abcdefghi') })];
  t.match(await Promise.all([large, ...jobs]), [
    [{ value: { assignments: 9 } }],
    [{ value: { assignments: 10 } }],
    [{ value: { assignments: 11 } }],
  ]);
});

t.test('of those that went together only the guilty one is given up', async (t) => {
  const pool = stubborn(t, { timeoutMs: 300 });
  const all = ['a', 'b', 'exit', 'c', 'loop', 'd', 'fail', 'e'];
  const outcomes = await Promise.all(all.map((order) => pool.run({ tasks: orders(order) })));
  t.match(outcomes.flat(), [
    { value: { order: 'a' } },
    { value: { order: 'b' } },
    { error: /ended/ },
    { value: { order: 'c' } },
    { error: 'it took too long' },
    { value: { order: 'd' } },
    { error: 'failed' },
    { value: { order: 'e' } },
  ]);
  const late = ['a', 'b', 'loop', 'c'].map((order) => pool.run({ tasks: orders(order) }));
  t.match((await Promise.all(late)).flat(), [
    { value: { order: 'a' } },
    { value: { order: 'b' } },
    { error: 'it took too long' },
    { value: { order: 'c' } },
  ]);
});

t.test('what waits is bounded', async (t) => {
  const pool = stubborn(t);
  const running = Array.from({ length: 1_100 }, () => pool.run({ tasks: orders('a') }));
  const outcomes = (await Promise.all(running)).flat();
  t.equal(outcomes.filter((outcome) => 'error' in outcome).length, 99, 'one runs and 1,000 wait');
});

t.test('closing', async (t) => {
  const pool = stubborn(t);
  const ended = [pool.run({ tasks: orders('loop') }), pool.run({ tasks: orders('a') })].map((running) =>
    t.rejects(running, { name: 'PoolClosed' }),
  );
  await pool.close();
  await Promise.all(ended);
  await t.rejects(pool.run({ tasks: orders('a') }), { name: 'PoolClosed' });
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
