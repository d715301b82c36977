// `npm run generate:access`: writes docs/access.md from the role table and the operations. `-- --check` writes nothing and
// exits with 1 when the document is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { allOperations } from '@stockade/contracts/operations';
import { accessDocument } from './access-document.ts';

const file = resolve(import.meta.dirname, '../docs/access.md');
const text = accessDocument(allOperations);
const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
if (process.argv.includes('--check')) process.exitCode = stale ? 1 : 0;
else await writeFile(file, text);
console.error(stale ? 'docs/access.md is another now' : 'docs/access.md is as it was');
