import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ms, type Result, whole } from '../../../scripts/bench/table.ts';
import { noKnowledge } from '../src/engine/knowledge.ts';
import { parseMessage } from '../src/engine/parse.ts';
import { scan } from '../src/engine/scan.ts';

const slowestMs = 1_000;
export const stubbornColumns = ['messages', 'verdicts', 'slowest', 'file'] as const;

/** Mail that breaks parsers: each file must end with a verdict, in time. */
export async function stubbornResults(
  folder: string,
  sets: readonly string[],
  step: () => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const set of sets) {
    const files = (await readdir(join(folder, set), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    let verdicts = 0;
    let slowest = { took: 0, file: '' };
    for (const { parentPath, name } of files) {
      const bytes = await readFile(join(parentPath, name));
      const started = performance.now();
      const verdict = await judge(bytes);
      const took = performance.now() - started;
      if (verdict) verdicts++;
      if (took > slowest.took) slowest = { took, file: name };
      step();
    }
    results.push({
      what: set,
      cells: {
        messages: whole(files.length),
        verdicts: whole(verdicts),
        slowest: ms(slowest.took),
        file: slowest.file.slice(0, 30),
      },
      goal: `all, ≤ ${slowestMs} ms`,
      passed: verdicts === files.length && slowest.took <= slowestMs,
    });
  }
  return results;
}

async function judge(bytes: Uint8Array): Promise<string | null> {
  try {
    return scan(await parseMessage(bytes), noKnowledge).verdict;
  } catch {
    return null;
  }
}
