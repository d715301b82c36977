import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

export const kinds = ['removed', 'bounded', 'record'] as const;

/** What docs/retention.md says of a table. */
export interface Kept {
  /** The schema that its section is about; `every` for those of every service. */
  section: string;
  table: string;
  kind: (typeof kinds)[number];
  removedBy: string[];
}

const names = (cell: string) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name as string);

/** The rows of all its tables; a row may name several. */
export async function readRetentionDocument(): Promise<Kept[]> {
  const text = await readFile(resolve(import.meta.dirname, '../../docs/retention.md'), 'utf8');
  const kept: Kept[] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.startsWith('## Tables of every') ? 'every' : line.slice(3);
    if (!line.startsWith('| `')) continue;
    const [tables = '', , kind = '', removedBy = ''] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    for (const table of names(tables))
      kept.push({ section, table, kind: kind as Kept['kind'], removedBy: names(removedBy) });
  }
  return kept;
}
