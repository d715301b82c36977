import t from 'tap';
import { fraudCases, kinds } from '../../evaluation/fraud/cases.ts';
import { parseMessage, scan } from '../../src/engine/index.ts';

t.test('attacks on payments are found, and their honest twins are left alone', async (t) => {
  const cases = await fraudCases({ seed: 2026, perKind: 1 });
  t.equal(cases.length, Object.keys(kinds).length * 6);
  t.ok(Object.keys(kinds).length >= 20);
  const missed: string[] = [];
  for (const { name, attack, twin, knowledge, twinKnowledge, envelope } of cases) {
    const found = scan(await parseMessage(attack), knowledge, envelope);
    const honest = scan(await parseMessage(twin), twinKnowledge, envelope);
    if (found.verdict !== 'malicious') missed.push(name);
    if (honest.verdict !== 'clean') missed.push(`twin: ${name}: ${honest.findings[0]?.technique}`);
  }
  t.ok(missed.length <= 2, missed.join('; '));
});

t.test('the same seed makes the same mail', async (t) => {
  const [one, two] = await Promise.all([
    fraudCases({ seed: 3, perKind: 1 }),
    fraudCases({ seed: 3, perKind: 1 }),
  ]);
  t.equal(one[0]?.attack.toString(), two[0]?.attack.toString());
});
