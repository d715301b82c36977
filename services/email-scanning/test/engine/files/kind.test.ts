import t from 'tap';
import { kindOf } from '../../../src/engine/files/kind.ts';
import { compound } from './fixtures/compound.ts';
import { tar, zip } from './fixtures/zip.ts';

const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const iso = Buffer.alloc(33_000);
iso.write('CD001', 32_769);
const bitmap = Buffer.alloc(60);
bitmap.write('BM');
bitmap[14] = 40;

const files: [string, Buffer | string][] = [
  ['empty', ''],
  ['text', 'Hello there,\nsee you tomorrow.'],
  ['text', 'BM25 ranks documents'],
  ['text', 'MZ'],
  ['text', 'diff --git a/page.html b/page.html\n+<html><script>x</script>'],
  ['html', '<!DOCTYPE html><html></html>'],
  ['html', '\ufeff \n<html><body>x'],
  ['html', utf16('<html><script>x</script>')],
  ['html', '<script>location="https://x.example"</script>'],
  ['html', 'Loading <script>x()</script>'],
  ['svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['xml', '<?xml version="1.0"?><Invoice/>'],
  ['script', '#!/bin/sh\necho x'],
  ['script', 'var s = new ActiveXObject("x")'],
  ['pdf', '%PDF-1.4'],
  ['pdf', 'junk before\n%PDF-1.4'],
  ['rtf', '{\\rtf1 x}'],
  ['rtf', '{\\rt x}'],
  ['ole', compound([{ name: 'x', bytes: Buffer.from('x') }])],
  ['zip', zip([{ name: 'x', bytes: 'x' }])],
  ['gzip', hex('1f8b0800')],
  ['tar', tar([{ name: 'x', bytes: 'x' }])],
  ['rar', hex('526172211a0700')],
  ['rar', hex('526172211a070100')],
  ['7z', hex('377abcaf271c')],
  ['cab', 'MSCF\0\0\0\0'],
  ['iso', iso],
  ['windows-program', hex('4d5a9000')],
  ['linux-program', hex('7f454c4602')],
  ['macos-program', hex('cffaedfe')],
  ['macos-program', hex('cafebabe 00000002 00000000')],
  ['java', hex('cafebabe 00000034 00000000')],
  ['shortcut', hex('4c0000000114020000000000c000000000000046')],
  ['shortcut', '[InternetShortcut]\nURL=https://x.example'],
  ['image', hex('89504e470d0a1a0a')],
  ['image', hex('ffd8ffe0')],
  ['image', 'GIF89a'],
  ['image', bitmap],
  ['image', 'RIFF\0\0\0\0WEBPVP8 '],
  ['audio', 'RIFF\0\0\0\0WAVEfmt '],
  ['audio', 'ID3\x03'],
  ['video', '\0\0\0\x18ftypmp42'],
  ['font', 'wOF2'],
  ['calendar', 'BEGIN:VCALENDAR\r\n'],
  ['message', 'Received: x\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nx'],
  ['tnef', hex('789f3e22')],
  ['onenote', hex('e4525c7b8cd8a74daeb15378d02996d3')],
  ['other', hex('0001020304')],
];

t.test('kinds by bytes', async (t) => {
  for (const [kind, bytes] of files) {
    const buffer = Buffer.from(bytes);
    t.equal(kindOf(buffer), kind, JSON.stringify(buffer.toString('latin1', 0, 40)));
  }
});
