// `npm run eval:scan [-- --short] [-- <corpus>]`: what the scanner finds of mail-dev and what it takes for bad wrongly, each
// message judged by a model that saw neither it nor its campaign. Exits with 1 when a goal is missed and with 2 when the
// corpus is not there. `--short`: each fourth message, by the model that is shipped (they are too few to train on), for CI;
// `--techniques`: how often each technique finds something in each set.
import { parseArgs } from 'node:util';
import { printTable, type Result } from '../../../scripts/bench/table.ts';
import { createProgress } from '../src/cli/progress.ts';
import { logOdds } from '../src/engine/classifier/model.ts';
import { shippedModel } from '../src/engine/classifier/shipped.ts';
import { scoreFor } from '../src/engine/judging.ts';
import { honestMail } from '../test/engine/honest/honest-mail.ts';
import { NoCorpus, openCorpus } from '../training/corpus.ts';
import { complete, folds, outOfFold } from '../training/cross-validate.ts';
import { type Example, honestSources, ownSources, readExamples, sourcesOf } from '../training/examples.ts';
import { evaluateFraud } from './fraud/evaluate.ts';
import { calibrationColumns, calibrationResults, type Scored, setColumns, setResults } from './sets.ts';
import { stubbornColumns, stubbornResults } from './stubborn.ts';
import { techniqueColumns, techniqueResults } from './techniques.ts';

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, techniques: { type: 'boolean', default: false } },
  allowPositionals: true,
});
/** `--short` takes each so-manieth message of every set. */
const every = values.short ? 4 : 1;

/** Scores by models that did not see the message's campaign. */
function crossValidated(examples: readonly Example[]): Scored[] {
  const progress = createProgress(folds);
  const raw = outOfFold(examples, progress.step);
  progress.end();
  const model = complete(shippedModel, examples, raw);
  return examples.map((example, at) => {
    const odds = model.slope * raw[at]! + model.intercept;
    return { ...example, score: scoreFor(example.findings, { odds, taught: 0 }, model) };
  });
}

const asShipped = (examples: readonly Example[]): Scored[] =>
  examples.map((example) => ({
    ...example,
    score: scoreFor(
      example.findings,
      { odds: logOdds(shippedModel, example.features), taught: 0 },
      shippedModel,
    ),
  }));

const checksAlone = (examples: readonly Example[]): Scored[] =>
  examples.map((example) => ({
    ...example,
    score: scoreFor(example.findings, { odds: Number.NEGATIVE_INFINITY, taught: 0 }, shippedModel),
  }));

async function evaluate(): Promise<boolean> {
  const corpus = await openCorpus(positionals[0]);
  const judged: Result[] = [];
  try {
    const heldOut = honestSources(honestMail('held-out'), 'honest-held-out');
    const sources = [...sourcesOf(corpus), ...ownSources(), ...heldOut].filter((_, at) => at % every === 0);
    const progress = createProgress(sources.length);
    const examples = await readExamples(sources, progress.step);
    progress.end();
    const shipped = asShipped(examples);
    const scored = values.short ? shipped : crossValidated(examples);
    judged.push(...setResults(scored));
    if (!values.short) printTable('By cross-validation over campaigns', setColumns, setResults(scored));
    printTable('As shipped (learnt from all but phish-pot)', setColumns, setResults(shipped));
    printTable('The checks alone', setColumns, setResults(checksAlone(examples)));
    printTable('Scores against what was seen', calibrationColumns, calibrationResults(scored));
    const stubborn = createProgress(values.short ? 0 : 836);
    const stubbornRows = await stubbornResults(corpus.folder, ['torture', 'auth'], stubborn.step);
    stubborn.end();
    judged.push(...stubbornRows);
    printTable('Mail that breaks parsers', stubbornColumns, stubbornRows);
    if (values.techniques)
      printTable('Techniques, % of each set', techniqueColumns, techniqueResults(examples));
  } finally {
    await corpus.close();
  }
  const fraud = await evaluateFraud({ seed: 1, perKind: values.short ? 1 : 6 });
  return fraud.passed && judged.every(({ passed }) => passed !== false);
}

try {
  process.exitCode = (await evaluate()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoCorpus)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
