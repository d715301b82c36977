import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import t from 'tap';
import { examine } from './examine.ts';
import { codePicture, codes, jpeg, png } from './fixtures/codes.ts';
import { pdf, program, stream } from './fixtures/documents.ts';
import { revision6 } from './fixtures/revision6.ts';

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';

/** What pdfkit writes. */
function written(draw: (document: PDFKit.PDFDocument) => void, options = {}): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', ...options });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    document.on('end', () => resolve(Buffer.concat(parts)));
    draw(document);
    document.end();
  });
}

t.test('an invoice is text and no more', async (t) => {
  const bytes = await written((document) => {
    document.fontSize(20).text('Rechnung Nr. 4711').fontSize(11);
    document.text('Bestellung PO-2026-000042 über 1.250,00 €');
    document.text('Bitte überweisen Sie an IBAN DE89 3704 0044 0532 0130 00.');
    for (let line = 0; line < 20; line++)
      document.text(`Position ${line}: Stahlblech verzinkt, 12 Stück zu je 99,50 EUR, Lieferung frei Haus`);
  });
  const facts = examine(bytes, 'invoice.pdf');
  t.match(facts, { kind: 'pdf', codes: [], urls: [] });
  for (const said of [
    'Rechnung Nr. 4711',
    'PO-2026-000042',
    'DE89 3704 0044 0532 0130 00',
    'überweisen',
    '1.250,00 €',
  ])
    t.ok(facts.text.includes(said), said);
});

t.test('text by a map to Unicode', async (t) => {
  const map = stream(
    '1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0003> <0020> endbfchar 2 beginbfrange <0010> <0029> <0041> <0030> <0031> [<00e4> <00660066>] endbfrange',
  );
  const text = stream(
    'BT /F 12 Tf 1 0 0 1 50 700 Tm <0010 0011 0003 0030> Tj [<0012> -300 <0031>] TJ 0 -14 Td <0013> Tj ET',
  );
  const page = '<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>';
  const font = '<< /Type /Font /Subtype /Type0 /ToUnicode 6 0 R >>';
  t.equal(examine(pdf(catalogue, pages, page, text, font, map)).text, 'AB äC ff\nD');
});

t.test('text of simple fonts', async (t) => {
  const show = (content: string, font: string) =>
    examine(
      pdf(
        catalogue,
        pages,
        '<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
        stream(`BT /F 10 Tf 50 700 Td ${content} ET`),
        font,
      ),
    ).text;
  t.equal(
    show('(M\\374ller \\200 5 \\(net\\)) Tj', '<< /Type /Font /Encoding /WinAnsiEncoding >>'),
    'Müller € 5 (net)',
  );
  t.equal(show('(ab) Tj', '<< /Type /Font /Encoding << /Differences [97 /adieresis /uni20AC] >> >>'), 'ä€');
  t.equal(show("(one) Tj T* (two) Tj (three) '", '<< /Type /Font >>'), 'one\ntwo\nthree');
  t.equal(show('(DE89 ) Tj 25 0 Td (3704) Tj', '<< /Type /Font >>'), 'DE89 3704');
  const widths = '<< /Type /Font /FirstChar 97 /Widths [600 600] >>';
  t.equal(show('(a) Tj 6 0 Td (b) Tj', widths), 'ab', 'letters set one by one');
  t.equal(show('(a) Tj 20 0 Td (b) Tj', widths), 'a b');
});

t.test('objects in streams, filters', async (t) => {
  const script = '<< /S /JavaScript /JS (x) >> ';
  const inner = `7 0 8 ${script.length} ${script}<< /S /URI /URI (https://x.example/a) >>`;
  const packed = deflateSync(Buffer.from(inner)).toString('latin1');
  const objects = pdf(
    '<< /Type /Catalog >>',
    stream(packed, '/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode'),
  );
  t.match(examine(objects), { codes: ['pdf-javascript'], urls: ['https://x.example/a'] });
  const page = '<< /Type /Page /Contents 4 0 R >>';
  const hex = Buffer.from('BT (hidden words) Tj ET').toString('hex');
  t.equal(
    examine(pdf(catalogue, pages, page, stream(`${hex}>`, '/Filter [/ASCIIHexDecode]'))).text,
    'hidden words',
  );
  t.equal(
    examine(pdf(catalogue, pages, page, stream("6<#'\\7PQ#@1a$b&+B3Gr~>", '/Filter /ASCII85Decode'))).kind,
    'pdf',
  );
});

t.test('what it does', async (t) => {
  const does = (object: string) => examine(pdf('<< /Type /Catalog >>', object)).codes;
  t.strictSame(does('<< /S /Java#53cript /JS (x) >>'), ['pdf-javascript'], 'a name in disguise');
  t.strictSame(does('<< /A << /S /Launch /F (cmd.exe) >> >>'), ['pdf-launch']);
  t.strictSame(does('<< /AcroForm << /XFA [(a) 3 0 R] >> >>'), ['pdf-form']);
  t.strictSame(does('<< /S /SubmitForm /F (https://x.example) >>'), ['pdf-form']);
  t.strictSame(does('<< /OpenAction [3 0 R /Fit] >>'), [], 'where it opens');
  const embedding = pdf(
    '<< /Type /Catalog >>',
    '<< /Type /Filespec /UF (run.exe) /EF << /F 3 0 R >> >>',
    stream(program.toString('latin1')),
  );
  t.match(examine(embedding).signs, [
    { code: 'embedded-file', detail: 'run.exe' },
    { code: 'program', path: ['run.exe'] },
  ]);
  const encrypted = await written((document) => document.text('secret'), { userPassword: 'x' });
  t.strictSame(examine(encrypted).codes, ['encrypted-document']);
});

t.test('files that only forbid printing open without a password', async (t) => {
  for (const pdfVersion of ['1.3', '1.4', '1.6', '1.7', '1.7ext3']) {
    const options = { ownerPassword: 'owner', pdfVersion, permissions: {} };
    const bytes = await written((document) => {
      document.text('IBAN DE89 3704 0044 0532 0130 00').text('Shop', { link: 'https://shop.example/' });
    }, options);
    t.ok(bytes.includes('/Encrypt'), pdfVersion);
    const facts = examine(bytes);
    t.match(facts.text, /IBAN DE89 3704 0044 0532 0130 00/, pdfVersion);
    t.strictSame(facts.urls, ['https://shop.example/'], pdfVersion);
    t.notOk(facts.codes.includes('encrypted-document'), pdfVersion);
    const locked = await written((document) => document.text('x'), { ...options, userPassword: 'user' });
    t.strictSame(examine(locked).codes, ['encrypted-document'], pdfVersion);
  }
});

t.test('AES-256 of ISO 32000-2', async (t) => {
  const bytes = Buffer.from(revision6, 'base64');
  t.match(examine(bytes), { text: 'IBAN DE89 3704 0044 0532 0130 00', codes: [] });
});

t.test('a page that is there for its link', async (t) => {
  const lure = await written((document) => {
    document.text('You have received a secure document.');
    document.rect(100, 200, 300, 60).fill('#0060c0').link(100, 200, 300, 60, 'https://evil.example/view');
  });
  t.match(examine(lure), {
    signs: [{ code: 'pdf-lure', detail: 'https://evil.example/view' }],
    urls: ['https://evil.example/view'],
  });
  const letter = await written((document) => {
    for (let line = 0; line < 25; line++)
      document.text('We thank you for your order and ask you to read the terms of delivery below.');
    document.text('www.shop.example', { link: 'https://www.shop.example/' });
  });
  t.strictSame(examine(letter).codes, [], 'a letter with the address of its sender');
});

t.test('QR codes in its pictures', async (t) => {
  const picture = codePicture(codes.link.rows);
  for (const [name, image] of Object.entries({
    png: png(picture),
    grey: png(picture, 0),
    jpeg: jpeg(picture),
  })) {
    const facts = examine(await written((document) => document.image(image, 100, 100, { width: 150 })));
    t.strictSame(facts.qrUrls, [codes.link.says], name);
  }
});

t.test('QR codes that it draws', async (t) => {
  const { width, at } = codePicture(codes.link.rows, { scale: 1, border: 0 });
  const squares = await written((document) => {
    document.rect(50, 50, 200, 200).fill('white');
    for (let y = 0; y < width; y++)
      for (let x = 0; x < width; x++) if (at(x, y) === 0) document.rect(60 + 5 * x, 60 + 5 * y, 5, 5);
    document.fill('black');
  });
  t.strictSame(examine(squares).qrUrls, [codes.link.says]);
  const table = await written((document) => {
    for (let y = 0; y < 30; y++)
      for (let x = 0; x < 6; x++) document.rect(60 + 80 * x, 60 + 20 * y, 80, 20).stroke();
  });
  t.strictSame(examine(table).qrUrls, [], 'a table');
});

t.test('broken ones', async (t) => {
  for (const text of [
    '%PDF-1.4',
    '%PDF-1.4\n1 0 obj',
    '%PDF-1.4\n1 0 obj\n<< /Length 1 0 R >>\nstream\nx',
    '%PDF-1.4\n1 0 obj\n(((((',
    `%PDF-1.4\n1 0 obj\n${'['.repeat(100_000)}`,
    `%PDF-1.4\n1 0 obj\n${'<<'.repeat(100_000)}`,
  ])
    t.doesNotThrow(() => examine(text), text.slice(0, 40));
  const loop = pdf(
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [2 0 R 1 0 R 3 0 R] >>',
    '3 0 R',
  );
  t.equal(examine(loop).kind, 'pdf');
  const form = pdf(
    catalogue,
    pages,
    '<< /Type /Page /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>',
    stream('/X Do /X Do', '/Subtype /Form'),
  );
  t.equal(examine(form).kind, 'pdf', 'a form that draws itself');
});
