// `npm run generate:detection`: writes docs/detection.md from the techniques that the checks list. `-- --check` writes
// nothing and exits with 1 when the document is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { catalogue } from '../services/email-scanning/src/engine/catalogue.ts';
import { detectionDocument } from '../services/email-scanning/src/engine/detection-document.ts';

const file = resolve(import.meta.dirname, '../docs/detection.md');
const text = detectionDocument(catalogue);
const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
if (process.argv.includes('--check')) process.exitCode = stale ? 1 : 0;
else await writeFile(file, text);
console.error(stale ? 'docs/detection.md is another now' : 'docs/detection.md is as it was');
