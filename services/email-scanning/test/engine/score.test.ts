import fc from 'fast-check';
import t from 'tap';
import type { Stack } from '../../src/engine/classifier/model.ts';
import { finding } from '../../src/engine/finding.ts';
import { combine, maliciousFrom, scoreOfAll, suspiciousFrom, verdictOf } from '../../src/engine/score.ts';

const stack: Stack = { classifier: 1, checks: 2, intercept: -4, suspicious: 0, malicious: 4 };
const hard = new Set(['fraud']);
const found = (...scores: number[]) => scores.map((score, at) => finding(`t${at}`, score, 'x'));
const score = (
  findings: ReturnType<typeof found>,
  { classifier = -20, taught = 0 }: { classifier?: number; taught?: number } = {},
) => scoreOfAll({ findings, classifier, taught, hard, stack });

t.test('checks by themselves', async (t) => {
  t.equal(score([]), 0);
  t.equal(score(found(80)), 80, 'a strong one is malicious, whatever the classifier says');
  t.equal(score(found(45)), 45);
  t.equal(verdictOf(score(found(50, 50))), 'malicious', 'two of them make each other surer');
  t.equal(score(found(0, 0, 0)), 0, 'what only informs weighs nothing');
  t.ok(
    score(found(...Array.from({ length: 30 }, () => 12))) < suspiciousFrom,
    'weak ones alone never condemn',
  );
  t.equal(
    Math.round(combine([...found(30), ...found(30), ...found(20)])),
    30,
    'of one technique the strongest counts',
  );
});

t.test('the classifier by itself', async (t) => {
  t.equal(verdictOf(score([], { classifier: 50 })), 'suspicious', 'is never enough for malicious');
  t.equal(verdictOf(score(found(5, 5), { classifier: 50 })), 'suspicious');
  t.equal(verdictOf(score(found(30), { classifier: 50 })), 'malicious', 'with a sign that stands it is');
  t.equal(verdictOf(score([], { classifier: 3 })), 'clean', 'a little sure is not enough');
});

t.test('the tenant’s lessons', async (t) => {
  t.equal(verdictOf(score(found(50), { taught: -4 })), 'clean');
  t.equal(score(found(80), { taught: -4 }), 80, 'what is certain stays');
  t.equal(score([finding('fraud', 45, 'x')], { taught: -4 }), 45, 'fraud stays');
  t.equal(verdictOf(score([], { classifier: 2, taught: 4 })), 'suspicious');
  t.not(verdictOf(score([], { classifier: 50, taught: 4 })), 'malicious');
});

t.test('a tenant’s thresholds', async (t) => {
  const policy = { suspiciousFrom: 20, maliciousFrom: 50 };
  t.equal(verdictOf(25), 'clean');
  t.equal(verdictOf(25, policy), 'suspicious');
  t.equal(verdictOf(50, policy), 'malicious');
  t.equal(verdictOf(suspiciousFrom), 'suspicious');
  t.equal(verdictOf(maliciousFrom), 'malicious');
});

const findings = fc.array(
  fc.record({
    technique: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'fraud'),
    score: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 12 },
);

t.test('always', async () => {
  const odds = fc.double({ min: -30, max: 30, noNaN: true });
  fc.assert(
    fc.property(findings, findings, odds, odds, (some, more, classifier, taught) => {
      const all = [...some, ...more].map((one) => finding(one.technique, one.score, 'x'));
      const before = score(all.slice(0, some.length), { classifier, taught });
      const after = score(all, { classifier, taught });
      return before >= 0 && after <= 100 && Number.isInteger(after) && after >= before;
    }),
  );
  fc.assert(
    fc.property(findings, odds, odds, (some, one, other) => {
      const all = some.map(({ technique, score: value }) => finding(technique, value, 'x'));
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      return score(all, { classifier: less }) <= score(all, { classifier: more });
    }),
  );
});
