import { readFileSync } from 'node:fs';
import t from 'tap';
import { catalogue, techniques } from '../../src/engine/catalogue.ts';
import { checks } from '../../src/engine/checks/index.ts';
import { detectionDocument } from '../../src/engine/detection-document.ts';

t.test('each technique has one id, a title and a reason', async (t) => {
  const ids = techniques.map(({ id }) => id);
  t.strictSame(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
    'none is there twice',
  );
  for (const { id, title, description, maxScore } of techniques) {
    t.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.ok(title.length > 3 && title.length <= 60, `${id}: ${title}`);
    t.ok(description.length > 20, id);
    t.ok(Number.isInteger(maxScore) && maxScore >= 0 && maxScore <= 100, id);
  }
  const named = checks.map(({ id }) => id);
  t.equal(new Set(named).size, named.length, 'and each check too');
});

t.test('docs/detection.md is as the checks say', async (t) => {
  const written = readFileSync(new URL('../../../../docs/detection.md', import.meta.url), 'utf8');
  t.equal(written, detectionDocument(catalogue), 'else run: npm run generate:detection');
});
