import t from 'tap';
import { examine } from './examine.ts';
import { program } from './fixtures/documents.ts';

const named = (name: string, bytes: Buffer | string = 'x', type = '') => examine(bytes, name, type).codes;

t.test('endings', async (t) => {
  for (const name of ['a.exe', 'a.SCR', 'a.msi', 'a.exe ', 'a.exe.', 'a.jar'])
    t.strictSame(named(name), ['program'], name);
  for (const name of ['a.js', 'a.vbs', 'a.hta', 'a.ps1', 'a.bat', 'a.wsf'])
    t.strictSame(named(name), ['script'], name);
  for (const name of ['a.iso', 'a.vhd', 'a.img']) t.strictSame(named(name), ['disk-image'], name);
  for (const name of ['a.ace', 'a.lzh']) t.strictSame(named(name), ['rare-archive'], name);
  for (const name of ['a.docm', 'a.xlsm']) t.strictSame(named(name), ['macro'], name);
  t.strictSame(named('a.url', '[InternetShortcut]\r\nURL=https://x.example/\r\n'), ['shortcut']);
  const harmless = [
    'a.pdf',
    'a.txt',
    'a.sh',
    'a.py',
    'a.c',
    'a.patch',
    'a.asc',
    'a.p7s',
    'a',
    '',
    '.bashrc',
    'www.example.com',
  ];
  for (const name of harmless) t.strictSame(named(name), [], name);
});

t.test('disguises', async (t) => {
  t.strictSame(named('invoice.pdf.exe'), ['program', 'double-ending']);
  t.strictSame(named('scan.jpg .js'), ['script', 'double-ending']);
  t.strictSame(named('fax.pdf.html', '<p>'), ['page', 'double-ending']);
  t.strictSame(named('invoice\u202efdp.exe'), ['program', 'reversed-name']);
  t.strictSame(named(`invoice.pdf${' '.repeat(40)}.exe`), ['program', 'padded-name', 'double-ending']);
  for (const name of ['v1.2.pdf', 'report.2024.docx', 'data.csv.gz', 'page.pdf.p7m', 'a b c d e f.pdf'])
    t.strictSame(named(name), [], name);
});

t.test('bytes against ending and type', async (t) => {
  t.strictSame(named('invoice.pdf', program), ['program', 'type-mismatch']);
  t.match(examine(program, 'invoice.pdf').signs[1], {
    code: 'type-mismatch',
    detail: 'windows-program',
    path: [],
  });
  t.ok(named('invoice.pdf', '<html><body>x</body></html>').includes('type-mismatch'));
  t.ok(named('photo.png', '{\\rtf1 x}').includes('type-mismatch'));
  t.ok(examine('<html></html>', null, 'application/pdf').codes.includes('type-mismatch'));
  const fitting: [string, string | Buffer][] = [
    ['letter.doc', '{\\rtf1 x}'],
    ['table.xls', '<html><table></table></html>'],
    ['notes.txt', '#!/bin/sh'],
    ['photo.jpg', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['broken.pdf', 'nothing of it'],
    ['data.bin', program.subarray(4)],
  ];
  for (const [name, bytes] of fitting) t.notOk(named(name, bytes).includes('type-mismatch'), name);
});
