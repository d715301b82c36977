import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Writes a page of docs that is made from the code; with `--check` nothing, and the exit code is 1 when it is stale. */
export async function writeDocument(page: string, text: string): Promise<void> {
  const file = resolve(import.meta.dirname, '../docs', page);
  const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
  if (process.argv.includes('--check')) process.exitCode = stale ? 1 : 0;
  else await writeFile(file, text);
  console.error(`docs/${page} ${stale ? 'is another now' : 'is as it was'}`);
}
