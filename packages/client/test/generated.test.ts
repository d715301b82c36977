import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import t from 'tap';
import { clientFiles } from '../src/generate.ts';

const folder = resolve(import.meta.dirname, '..');

t.test('the committed files are what the contracts make', async (t) => {
  for (const [path, content] of Object.entries(await clientFiles())) {
    const committed = await readFile(join(folder, path), 'utf8');
    t.ok(committed === content, `${path} is up to date: npm run generate:client`);
  }
});

t.test('the document is sound', async (t) => {
  const document = JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'));
  t.equal(document.openapi, '3.1.0');
  const ids = new Set<string>();
  const references: string[] = [];
  JSON.stringify(document, (key, value) => {
    if (key === '$ref') references.push(value);
    return value;
  });
  for (const reference of references) {
    t.ok(document.components.schemas[reference.replace('#/components/schemas/', '')], reference);
  }
  for (const [path, item] of Object.entries<Record<string, Record<string, unknown>>>(document.paths)) {
    t.notMatch(path, /:|internal/, 'paths are templates, and nothing internal is told');
    for (const [method, operation] of Object.entries(item)) {
      const id = String(operation.operationId);
      t.notOk(ids.has(id), `${id} is unique`);
      ids.add(id);
      t.ok(operation.responses && operation.summary, `${method} ${path}`);
      const parameters = operation.parameters as { in: string; name: string }[];
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      t.strictSame(declared.sort(), named.sort(), `${id} declares its path's parameters`);
    }
  }
  t.ok(ids.size > 60);
});
