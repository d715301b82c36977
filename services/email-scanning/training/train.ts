// `npm run train [-- <corpus>]`: makes the classifier's model and the stack from the sets that allow it. The same corpus and
// the same checks give the same bytes; their SHA-256 is printed. `-- --check` writes nothing and exits with 1 when it differs.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createProgress } from '../src/cli/progress.ts';
import { encodeModel } from '../src/engine/classifier/model.ts';
import { NoCorpus } from './corpus.ts';
import { complete, folds, outOfFold } from './cross-validate.ts';
import { fit } from './fit.ts';
import { loadExamples } from './load.ts';

const modelFile = resolve(import.meta.dirname, '../src/engine/classifier/model.bin');
const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});

async function train(): Promise<Buffer> {
  const examples = (await loadExamples(positionals[0])).filter(({ weight }) => weight > 0);
  const progress = createProgress(folds);
  const raw = outOfFold(examples, progress.step);
  progress.end();
  return encodeModel(complete(fit(examples), examples, raw));
}

try {
  const bytes = await train();
  const before = await readFile(modelFile).catch(() => Buffer.alloc(0));
  if (!values.check) await writeFile(modelFile, bytes);
  const same = bytes.equals(before);
  const sum = createHash('sha256').update(bytes).digest('hex');
  console.log(`${sum}  ${bytes.length} bytes${same ? ', as it was' : ''}`);
  process.exitCode = values.check && !same ? 1 : 0;
} catch (error) {
  if (!(error instanceof NoCorpus)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
