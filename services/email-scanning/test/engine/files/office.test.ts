import t from 'tap';
import { unpackVba } from '../../../src/engine/files/office/vba.ts';
import { examine } from './examine.ts';
import { compound, ole10Native, vbaModule } from './fixtures/compound.ts';
import { doc, docm, docx, hostileMacro, plainMacro, program, relationships } from './fixtures/documents.ts';
import { zip } from './fixtures/zip.ts';

t.test('macros, old and new', async (t) => {
  for (const [name, make] of Object.entries({ doc, docm })) {
    t.strictSame(examine(make(plainMacro)).codes, ['macro'], `${name}, plain`);
    const facts = examine(make(hostileMacro));
    t.strictSame(facts.codes, ['macro', 'macro-autorun', 'macro-download'], `${name}, hostile`);
    t.match(facts.signs, [{}, { detail: 'AutoOpen' }, { detail: 'WScript.Shell' }]);
  }
  t.equal(examine(docm(plainMacro)).kind, 'ooxml');
  t.equal(examine(doc(plainMacro)).kind, 'ole');
  const commented = "' AutoOpen() with Shell(\r\nSub Add(a)\r\nEnd Sub\r\n";
  t.strictSame(examine(doc(commented)).codes, ['macro'], 'comments do nothing');
  const long = `${plainMacro.repeat(200)}${hostileMacro}`;
  t.ok(examine(doc(long)).codes.includes('macro-autorun'), 'in several chunks, in a large stream');
  for (const call of [
    'Shell "cmd /c x", 0',
    'URLDownloadToFileA 0, u, f, 0, 0',
    'x = StrReverse("x")',
    'CreateObject("MSXML2.XMLHTTP")',
  ])
    t.ok(examine(doc(`Sub X()\r\n${call}\r\nEnd Sub`)).codes.includes('macro-download'), call);
});

t.test('packed source with references to what came before', async (t) => {
  // The example of [MS-OVBA] 3.2.2.
  const packed = Buffer.from(
    '01 2f b0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6a 01 38 08 61 6b 6c 00 30 6d 6e 6f 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7a 00 3c'.replaceAll(
      ' ',
      '',
    ),
    'hex',
  );
  t.equal(unpackVba(packed).toString(), '#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa');
  t.equal(unpackVba(Buffer.from('01ffff', 'hex')).length, 0);
});

t.test('Excel 4 macros', async (t) => {
  const sheet = (state: number, type: number) => {
    const record = Buffer.alloc(14);
    record.writeUInt16LE(0x85, 0);
    record.writeUInt16LE(10, 2);
    record[8] = state;
    record[9] = type;
    return compound([{ name: 'Workbook', bytes: record }]);
  };
  t.match(examine(sheet(1, 1)).signs, [{ code: 'excel4-macro', detail: 'hidden' }]);
  t.strictSame(examine(sheet(0, 0)).codes, [], 'a sheet like any other');
  t.strictSame(examine(docx('x', [{ name: 'xl/macrosheets/sheet1.xml', bytes: '<x/>' }])).codes, [
    'excel4-macro',
  ]);
});

t.test('encrypted', async (t) => {
  t.strictSame(examine(compound([{ name: 'EncryptedPackage', bytes: Buffer.alloc(5_000) }])).codes, [
    'encrypted-document',
  ]);
  const word = Buffer.alloc(100);
  word.writeUInt16LE(0x0100, 10);
  t.strictSame(examine(compound([{ name: 'WordDocument', bytes: word }])).codes, ['encrypted-document']);
  t.strictSame(examine(compound([{ name: 'Workbook', bytes: Buffer.from('2f000200ffff', 'hex') }])).codes, [
    'encrypted-document',
  ]);
});

t.test('embedded files', async (t) => {
  const object = compound([{ name: '\x01Ole10Native', bytes: ole10Native('run.exe', program) }]);
  t.match(examine(object).signs, [
    { code: 'embedded-file', detail: 'run.exe' },
    { code: 'program', path: ['run.exe'] },
  ]);
  const inside = examine(docx('See the object', [{ name: 'word/embeddings/oleObject1.bin', bytes: object }]));
  t.strictSame(inside.codes, ['embedded-file', 'program']);
  const workbook = docx('x', [{ name: 'word/embeddings/table.xlsx', bytes: docx('inner') }]);
  t.strictSame(examine(workbook).codes, [], 'a table in a letter');
  const installer = compound(
    [{ name: 'x', bytes: Buffer.from('x') }],
    Buffer.from('84100c0000000000c000000000000046', 'hex'),
  );
  t.strictSame(examine(installer, 'a.bin').codes, ['program']);
});

t.test('an archive that poses as a document', async (t) => {
  t.match(examine(docx('x', [{ name: 'invoice.exe', bytes: program }])).signs, [
    { code: 'program', path: ['invoice.exe'] },
  ]);
});

t.test('parts from elsewhere', async (t) => {
  for (const type of ['attachedTemplate', 'oleObject', 'frame', 'aFChunk'])
    t.match(
      examine(docx('x', [relationships(type, 'https://evil.example/t.dotm')])).signs,
      [{ code: 'remote-template', detail: 'https://evil.example/t.dotm' }],
      type,
    );
  const link = examine(docx('x', [relationships('hyperlink', 'https://shop.example/?a=1&amp;b=2')]));
  t.match(link, { codes: [], urls: ['https://shop.example/?a=1&b=2'] });
  t.strictSame(examine(docx('x', [relationships('attachedTemplate', 'Normal.dotm')])).codes, []);
  t.strictSame(examine(docx('x', [relationships('externalLinkPath', 'file:///S:/prices.xlsx')])).codes, []);
});

t.test('fields that start programs', async (t) => {
  const field = (code: string) => docx(`</w:t></w:r><w:instrText>${code}</w:instrText><w:r><w:t>`);
  t.strictSame(examine(field('DDEAUTO c:\\windows\\system32\\cmd.exe "/k x"')).codes, ['dde']);
  t.strictSame(examine(field('DD</w:instrText><w:instrText>E cmd ')).codes, ['dde'], 'in pieces');
  t.strictSame(examine(field('PAGE')).codes, []);
  const word = Buffer.concat([Buffer.alloc(40), Buffer.from('\x13 DDEAUTO cmd.exe \x14text\x15')]);
  t.strictSame(examine(compound([{ name: 'WordDocument', bytes: word }])).codes, ['dde']);
});

t.test('text', async (t) => {
  t.equal(
    examine(docx('Pay to DE89 3704 0044 0532 0130 00 &amp; hurry')).text,
    'Pay to DE89 3704 0044 0532 0130 00 & hurry',
  );
  t.match(examine(doc(plainMacro)).text, /Please enable the content/);
  t.match(
    examine("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Zahlung an\\par M\\'fcller \\u8364? 12}").text,
    /Zahlung an\nMüller € 12/,
  );
  const odt = zip([
    { name: 'mimetype', bytes: 'x', stored: true },
    { name: 'META-INF/manifest.xml', bytes: 'x' },
    { name: 'content.xml', bytes: '<text:p>Hello</text:p>' },
  ]);
  t.match(examine(odt), { kind: 'odf', text: 'Hello' });
});

t.test('rich text objects', async (t) => {
  const object = (bytes: Buffer) => bytes.toString('hex').replace(/(.{60})/g, '$1\r\n');
  const equation = compound([{ name: 'Equation Native', bytes: Buffer.from('x') }]);
  t.ok(
    examine(`{\\rtf1{\\object\\objemb\\objupdate{\\*\\objdata 0105${object(equation)}}}}`).codes.includes(
      'equation-editor',
    ),
  );
  t.ok(examine(`{\\rtf1{\\object\\objupdate{\\*\\objdata 00}}}`).codes.includes('embedded-object'));
  t.ok(
    examine(`{\\rtf1{\\*\\objdata ${Buffer.from('\x01Equation.3\0').toString('hex')}}}`).codes.includes(
      'equation-editor',
    ),
  );
  t.match(examine('{\\rtf1{\\*\\template https://evil.example/x}}').signs, [{ code: 'remote-template' }]);
  t.match(examine('{\\rtf1{\\field{\\*\\fldinst HYPERLINK "https://shop.example/"}}}').urls, [
    'https://shop.example/',
  ]);
  t.strictSame(examine('{\\rtf1 An ordinary letter.}').codes, []);
  const carried = ole10Native('run.exe', program).subarray(4);
  const head = Buffer.concat([
    Buffer.from('\x01\x05\0\0\x02\0\0\0\x08\0\0\0Package\0', 'latin1'),
    Buffer.alloc(12),
  ]);
  t.match(examine(`{\\rtf1{\\*\\objdata ${object(Buffer.concat([head, carried]))}}}`).signs, [
    { code: 'embedded-file', detail: 'run.exe' },
    { code: 'program' },
  ]);
});

t.test('OneNote', async (t) => {
  const file = (content: Buffer) => {
    const head = Buffer.alloc(36);
    Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex').copy(head);
    head.writeBigUInt64LE(BigInt(content.length), 16);
    return Buffer.concat([head, content]);
  };
  const section = (...files: Buffer[]) =>
    Buffer.concat([
      Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'),
      Buffer.alloc(100),
      ...files.map(file),
    ]);
  t.match(examine(section(program)).codes, ['program', 'embedded-file']);
  t.strictSame(examine(section(Buffer.from('89504e470d0a1a0a', 'hex'))).codes, [], 'a picture');
});

t.test('an Outlook message', async (t) => {
  const wide = (text: string) => Buffer.from(text, 'utf16le');
  const message = compound([
    { name: '__properties_version1.0', bytes: Buffer.alloc(32) },
    { name: '__substg1.0_1000001F', bytes: wide('See the file.') },
    { path: ['__attach_version1.0_#00000000'], name: '__substg1.0_3707001F', bytes: wide('run.exe') },
    { path: ['__attach_version1.0_#00000000'], name: '__substg1.0_37010102', bytes: program },
  ]);
  t.match(examine(message), { text: 'See the file.', signs: [{ code: 'program', path: ['run.exe'] }] });
});

t.test('broken compound files', async (t) => {
  const whole = doc(vbaModule(hostileMacro).toString('latin1'));
  for (let length = 0; length < whole.length; length += 97)
    t.doesNotThrow(() => examine(whole.subarray(0, length)));
  const looped = Buffer.from(compound([{ name: 'WordDocument', bytes: Buffer.alloc(9_000) }]));
  looped.fill(0, looped.length - 512);
  t.doesNotThrow(() => examine(looped), 'all sectors lead to the first');
});
