// Writes what packages/client is made from: the OpenAPI document and the types of its calls. Both are committed; a test
// fails when they differ from what the contracts make.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clientFiles } from '@stockade/client/generate';

const folder = resolve(import.meta.dirname, '../packages/client');
for (const [path, content] of Object.entries(await clientFiles())) {
  const target = join(folder, path);
  await mkdir(join(target, '..'), { recursive: true });
  await writeFile(target, content);
  process.stdout.write(`wrote packages/client/${path}\n`);
}
