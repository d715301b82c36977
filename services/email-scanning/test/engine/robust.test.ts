import fc from 'fast-check';
import t from 'tap';
import { createEngine, noKnowledge, parseMessage, scan } from '../../src/engine/index.ts';
import { WorkerPool } from '../../src/engine/pool.ts';
import { combine } from '../../src/engine/scan.ts';
import { judge, mail, withAttachment } from './knowledge.ts';

const sound = (result: { score: number; verdict: string }) =>
  Number.isInteger(result.score) &&
  result.score >= 0 &&
  result.score <= 100 &&
  ['clean', 'suspicious', 'malicious'].includes(result.verdict);

t.test('whatever the bytes are, there is a verdict', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) =>
      sound(scan(await parseMessage(bytes), noKnowledge)),
    ),
    { numRuns: 300 },
  );
});

t.test('a mail with some bytes changed is judged too', async () => {
  const whole = withAttachment('a.pdf', 'content');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
      async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        return sound(scan(await parseMessage(bytes), noKnowledge));
      },
    ),
    { numRuns: 300 },
  );
});

t.test('the score never falls when a finding is added, and weak ones make no certainty', async (t) => {
  const finding = (technique: string, score: number) => ({
    technique,
    score,
    severity: 'low' as const,
    explanation: '',
    evidence: {},
  });
  fc.assert(
    fc.property(fc.array(fc.nat(100), { maxLength: 12 }), fc.nat(100), (scores, more) => {
      const findings = scores.map((score, at) => finding(`t${at}`, score));
      return combine([...findings, finding('more', more)]) >= combine(findings);
    }),
  );
  t.equal(combine([]), 0);
  t.equal(combine([finding('a', 50), finding('b', 50)]), 75);
  t.equal(
    combine(Array.from({ length: 100 }, () => finding('same', 30))),
    30,
    'ten bad links are not ten signs',
  );
});

t.test('limits are told, never passed over', async (t) => {
  const parts = Array.from({ length: 1_100 }, () => '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n').join('');
  const many = await judge(
    Buffer.from(`From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`),
  );
  t.match(many, { verdict: 'suspicious', techniques: ['unreadable-content'] });
  const nested = Array.from(
    { length: 300 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  ).join('');
  t.match(await judge(Buffer.from(`From: a@b.example\r\n${nested}`)), { verdict: 'suspicious' });
  const headers = `X-A: ${'a'.repeat(900)}\r\n`.repeat(400);
  t.match(await judge(Buffer.from(`${headers}From: a@b.example\r\n\r\nx`)), { verdict: 'suspicious' });
  t.match((await judge(Buffer.alloc(0))).techniques, ['unreadable-content']);
  const hidden = `<div style="display:none">${'secret words '.repeat(50)}</div><p>Hello</p>`;
  const result = await judge(mail({ from: 'a@b.example', html: hidden }));
  t.strictSame(result.techniques, ['hidden-text']);
  t.equal(result.message.htmlText, 'Hello', 'what is hidden is not taken for what is shown');
});

t.test('worker threads', async (t) => {
  const engine = createEngine({ size: 1, timeoutMs: 5_000, idleMs: 50 });
  t.teardown(() => engine.close());
  const parsed = await engine.parse(mail({ subject: 'In a thread' }));
  t.equal(parsed.message?.subject, 'In a thread');
  const many = await Promise.all(
    Array.from({ length: 20 }, (_, at) => engine.parse(mail({ subject: String(at) }))),
  );
  t.strictSame(
    many.map(({ message }) => message?.subject),
    Array.from({ length: 20 }, (_, at) => String(at)),
    'each its own answer',
  );

  const impatient = createEngine({ size: 1, timeoutMs: 1 });
  t.teardown(() => impatient.close());
  const late = await impatient.parse(mail({ body: 'x'.repeat(1_000_000) }));
  t.match(late, { message: null, reason: /too long/ });
  const result = await impatient.scan(await parseMessage(mail({})), noKnowledge);
  t.match(result, { verdict: 'suspicious', findings: [{ technique: 'scan-incomplete' }] });

  const pool = new WorkerPool({ size: 1 });
  const running = pool.run({ kind: 'parse', bytes: mail({}) });
  const rejected = t.rejects(running, { name: 'PoolClosed' });
  await pool.close();
  await rejected;
  await t.rejects(pool.run({ kind: 'parse', bytes: mail({}) }), { name: 'PoolClosed' });
});
