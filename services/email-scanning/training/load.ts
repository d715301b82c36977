import { createProgress } from '../src/cli/progress.ts';
import { openCorpus } from './corpus.ts';
import { type Example, ownSources, readExamples, sourcesOf } from './examples.ts';

/** The corpus and our own honest mail, read and checked, with a bar on a terminal. Throws NoCorpus when it is not there. */
export async function loadExamples(path?: string): Promise<Example[]> {
  const corpus = await openCorpus(path);
  try {
    const sources = [...sourcesOf(corpus), ...ownSources()];
    const progress = createProgress(sources.length);
    const examples = await readExamples(sources, progress.step);
    progress.end();
    return examples;
  } finally {
    await corpus.close();
  }
}
