import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { techniques as all } from '../../src/engine/catalogue.ts';
import { checks } from '../../src/engine/checks/index.ts';
import { contextOf } from '../../src/engine/judging.ts';
import { noKnowledge } from '../../src/engine/knowledge.ts';
import { parseMessage } from '../../src/engine/parse.ts';
import { NoCorpus, openCorpus } from '../../training/corpus.ts';

const every = 12;

// A corpus that is there but cannot be read fails the test; where there is none it is skipped.
const corpus = await openCorpus().catch((error: unknown) => {
  if (error instanceof NoCorpus) return null;
  throw error;
});

t.test('checks find on real mail what they list, and no more', { skip: corpus === null }, async (t) => {
  if (!corpus) return;
  t.teardown(() => corpus.close());
  const wrong = new Set<string>();
  for (const { file } of corpus.entries.filter((_, at) => at % every === 0)) {
    const context = contextOf(await parseMessage(await readFile(join(corpus.folder, file))), noKnowledge);
    for (const { id, techniques, run } of checks)
      for (const { technique, score, explanation } of run(context)) {
        const listed = techniques.find((one) => one.id === technique);
        if (!listed) wrong.add(`${id} finds ${technique}, which it does not list`);
        else if (score > listed.maxScore || score < 0) wrong.add(`${technique} scores ${score}`);
        if (!/[.!?)]$/.test(explanation.trim()))
          wrong.add(`${technique} does not explain in a sentence: ${explanation}`);
        if (/https?:\/\//i.test(explanation)) wrong.add(`${technique} shows an address that leads somewhere`);
      }
  }
  t.strictSame([...wrong], []);
  t.ok(all.length >= checks.length);
});
