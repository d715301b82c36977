import { gzipSync } from 'node:zlib';
import { processorTime } from '@stockade/testing';
import fc from 'fast-check';
import t from 'tap';
import { fileBudget, fileLimits } from '../../../src/engine/files/budget.ts';
import { examineFile } from '../../../src/engine/files/examine.ts';
import { codePicture, codes, gif, jpeg, png } from './fixtures/codes.ts';
import { compound, ole10Native } from './fixtures/compound.ts';
import { doc, docm, docx, hostileMacro, pdf, program, relationships, stream } from './fixtures/documents.ts';
import { tar, zip } from './fixtures/zip.ts';

const picture = codePicture(codes.link.rows, { scale: 3 });
const seeds: Buffer[] = [
  zip([
    { name: 'a.txt', bytes: 'x'.repeat(500) },
    { name: 'b.zip', bytes: zip([{ name: 'c', bytes: program }]) },
  ]),
  gzipSync(
    tar([
      { name: 'a', bytes: 'x' },
      { name: 'b', bytes: program },
    ]),
  ),
  tar([{ name: 'a', bytes: 'x' }]),
  ...[doc(hostileMacro), docm(hostileMacro), docx('text', [relationships('oleObject', 'https://x.example')])],
  compound([{ name: '\x01Ole10Native', bytes: ole10Native('run.exe', program) }]),
  ...[png(picture), jpeg(picture), gif(picture)],
  pdf(
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Kids [3 0 R] >>',
    '<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    stream('BT /F 9 Tf 1 0 0 1 5 5 Tm [(a) -300 <62>] TJ ET'),
    '<< /Type /Font /Widths [1 2] >>',
  ),
  Buffer.from('{\\rtf1{\\object\\objupdate{\\*\\objdata 0105000002000000d0cf11e0}}}'),
  Buffer.from('<!doctype html><script>location="//x"</script><form action=x><input type=password>'),
  Buffer.from('<svg><script>x</script></svg>'),
  Buffer.from('BEGIN:VCALENDAR\nORGANIZER:mailto:x@y.example\nEND:VCALENDAR'),
  Buffer.from('789f3e2201000290060009000e0000000000000000000000000000000000', 'hex'),
  Buffer.from('526172211a0701000000000003010000', 'hex'),
  Buffer.from('4c0000000114020000000000c000000000000046ff000000', 'hex'),
];

/** A seed with bytes changed, cut off, put in or doubled. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
      maxLength: 12,
    }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom('keep', 'cut', 'insert', 'double'),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map(([seed, changes, place, how, extra]) => {
    const bytes = Buffer.from(seed);
    for (const [at, value] of changes) bytes[Math.floor(at * (bytes.length - 1))] = value;
    const at = Math.floor(place * bytes.length);
    if (how === 'cut') return bytes.subarray(0, at);
    if (how === 'insert') return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]);
    return how === 'double' ? Buffer.concat([bytes.subarray(0, at), bytes]) : bytes;
  });

const name = fc.constantFrom(
  null,
  'a.pdf',
  'a.docx',
  'x.pdf.exe',
  'a.html',
  '\u202efdp.exe',
  'x'.repeat(600),
);

function holds(bytes: Buffer, filename: string | null): boolean {
  const began = performance.now();
  const facts = examineFile(bytes, { filename, mimeType: 'application/pdf' }, fileBudget());
  const took = performance.now() - began;
  structuredClone(facts);
  const bounded =
    facts.signs.length <= fileLimits.signs &&
    facts.text.length <= fileLimits.text &&
    facts.urls.length <= fileLimits.urls;
  return bounded && took < 5_000;
}

t.test('any damage ends with facts, in bounded time', async (t) => {
  fc.assert(fc.property(mutated, name, holds), { numRuns: 1_500 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), name, (bytes, filename) =>
      holds(Buffer.from(bytes), filename),
    ),
    { numRuns: 500 },
  );
  t.pass();
});

t.test('files that are made to take long', async (t) => {
  const long: Record<string, Buffer> = {
    'a PDF of openings': Buffer.from(`%PDF-1.7\n${'1 0 obj\n<<[(<'.repeat(100_000)}`),
    'a PDF of objects without an end': Buffer.from(
      `%PDF-1.7\n${Array.from({ length: 20_000 }, (_, index) => `${index} 0 obj << /Length 9 0 R >> stream\n`).join('')}`,
    ),
    'a PDF of trailers': Buffer.from(`%PDF-1.7\n1 0 obj\n${'trailer<<'.repeat(500_000)}`),
    'a page of openings': Buffer.from(`<html>${'<script '.repeat(300_000)}`),
    'a page of meta': Buffer.from(`<html>${'<meta http-equiv=refresh '.repeat(100_000)}`),
    'a page of handlers': Buffer.from(`<html><p ${' onload="x'.repeat(200_000)}`),
    'rich text of openings': Buffer.from(`{\\rtf1 ${'{\\*\\objdata '.repeat(200_000)}`),
    'rich text of digits': Buffer.from(`{\\rtf1\\objdata ${'0f'.repeat(2_000_000)}`),
    'a document of openings': docx('<'.repeat(2_000_000)),
    'a drawing of openings': Buffer.from(`<svg>${'<a href="'.repeat(200_000)}`),
    'a calendar of names': Buffer.from(`BEGIN:VCALENDAR\n${'ORGANIZER'.repeat(50_000)}`),
    'a text of addresses': Buffer.from('https://'.repeat(500_000)),
    'blanks in a name': Buffer.from('x'),
  };
  for (const [what, bytes] of Object.entries(long)) {
    const filename = what.startsWith('blanks') ? `${' .'.repeat(250)}x` : 'a';
    const took = await processorTime(3_000, () =>
      examineFile(bytes, { filename, mimeType: '' }, fileBudget()),
    );
    t.ok(took < 3_000, `${what}: ${Math.round(took)} ms`);
  }
});
