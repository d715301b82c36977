import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import t from 'tap';

const root = resolve(import.meta.dirname, '../..');
const sources = [
  'packages/service-kit/src/config.ts',
  'packages/outgoing-mail/src/config.ts',
  'gateway/src/config.ts',
  'infra/local/src/settings.ts',
  'infra/local/src/secrets.ts',
  ...['identity', 'inventory', 'purchasing', 'email-scanning', 'audit'].map(
    (name) => `services/${name}/src/config.ts`,
  ),
];

t.test('every setting is in .env.example', async (t) => {
  const example = await readFile(join(root, '.env.example'), 'utf8');
  const described = new Set([...example.matchAll(/\b([A-Z][A-Z0-9_]{3,})=/g)].map(([, name]) => name));
  let found = 0;
  for (const source of sources) {
    const text = await readFile(join(root, source), 'utf8');
    for (const [, name = ''] of text.matchAll(/^ {2}([A-Z][A-Z0-9_]{3,}):/gm)) {
      found++;
      t.ok(described.has(name), `${name} (${source})`);
    }
  }
  t.ok(found > 45, `${found} settings were looked for`);
});
