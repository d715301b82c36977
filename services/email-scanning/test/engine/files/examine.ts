import { computed, fileBudget } from '../../../src/engine/files/budget.ts';
import { examineFile } from '../../../src/engine/files/examine.ts';

/** What is found in a file, with all the time that a loaded machine needs. */
export function examine(bytes: Buffer | string, filename: string | null = null, mimeType = '') {
  const budget = { ...fileBudget(), deadline: computed() + 20_000 };
  const facts = examineFile(Buffer.from(bytes), { filename, mimeType }, budget);
  return { ...facts, codes: facts.signs.map(({ code }) => code) };
}
