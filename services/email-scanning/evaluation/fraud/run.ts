// `npm run eval:fraud [-- --seed 2] [-- --per-kind 10] [-- --part rest] [-- --list]`: how many made-up attacks on payments to
// suppliers are found, and how many of their honest twins are not clean. Exits with 1 when a goal is missed.
import { parseArgs } from 'node:util';
import { evaluateFraud } from './evaluate.ts';
import type { Part } from './scene.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    'per-kind': { type: 'string', default: '6' },
    part: { type: 'string', default: 'all' },
    list: { type: 'boolean', default: false },
  },
});
const { missed, passed, held } = await evaluateFraud({
  seed: Number(values.seed),
  perKind: Number(values['per-kind']),
  part: values.part as Part,
});
process.stdout.write(`  payments held for ${(100 * held).toFixed(1)}% of the attacks found\n`);
if (values.list) {
  for (const { name, what, result, text } of missed) {
    const found = result.findings.map(({ technique, score }) => `${technique} ${score}`).join(', ');
    process.stdout.write(`\n${what}: ${name}: ${result.verdict} ${result.score} (${found})\n${text}\n`);
  }
}
process.exitCode = passed ? 0 : 1;
