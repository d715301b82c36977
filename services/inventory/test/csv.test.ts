import { guard, unguard } from '@stockade/service-kit';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import t from 'tap';
import { readRows } from '../src/csv/read.ts';
import { maxChunkBytes, toChunks } from '../src/exports/csv.ts';

t.test('what a spreadsheet would run gets an apostrophe, and numbers stay numbers', async (t) => {
  for (const formula of [
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    "'=1",
    "''-x",
    '--5',
    '-5-5',
  ])
    t.equal(guard(formula), `'${formula}`, JSON.stringify(formula));
  for (const plain of ['', '-5', '-0.25', '12.5', 'a=b', "O'Neill", "'quoted'", '5 - 3'])
    t.equal(guard(plain), plain, JSON.stringify(plain));
});

t.test('what was guarded comes back as it was, whatever it was', async (t) => {
  const unit = fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '＝', '5', 'x', '.');
  fc.assert(fc.property(fc.string({ unit }), (text) => unguard(guard(text)) === text));
  t.pass();
});

t.test('any table comes back from CSV as it was, each row with its line', async (t) => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'ü', '😀'),
    maxLength: 8,
  });
  const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, record_delimiter) => {
      const header = ['a', 'b', 'c'];
      const text = stringify([header, ...rows], { record_delimiter, quoted_match: /\r|\n/ });
      let line = 1;
      const wanted = [header, ...rows].map((cells) => {
        const row = { line, cells };
        line += 1 + cells.join('').split('\n').length - 1;
        return row;
      });
      const found = [];
      for await (const row of readRows(Buffer.from(text))) found.push(row);
      t.strictSame(found, wanted);
    }),
    { numRuns: 60 },
  );
});

t.test('chunks are bounded and are the whole together', async (t) => {
  const rows = Array.from({ length: 3_000 }, (_, n) => [n, 'ä'.repeat(500)]);
  const chunks = toChunks(rows);
  t.ok(chunks.length > 2);
  t.ok(chunks.every((chunk) => Buffer.byteLength(chunk) <= maxChunkBytes));
  t.equal(chunks.join(''), rows.map((cells) => `${cells.join(',')}\r\n`).join(''));
  t.strictSame(toChunks([]), []);
});
