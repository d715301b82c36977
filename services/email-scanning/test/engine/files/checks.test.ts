import PDFDocument from 'pdfkit';
import t from 'tap';
import { fileChecks } from '../../../src/engine/checks/files/index.ts';
import { codePicture, codes, png } from './fixtures/codes.ts';
import { compound, ole10Native } from './fixtures/compound.ts';
import {
  doc,
  docm,
  docx,
  eicar,
  hostileMacro,
  pdf,
  plainMacro,
  program,
  relationships,
} from './fixtures/documents.ts';
import { tar, zip } from './fixtures/zip.ts';
import { type Attached, judgeFiles } from './judge.ts';

const scores = async (name: string, bytes: Buffer | string, options?: Parameters<typeof judgeFiles>[1]) =>
  (await judgeFiles([{ name, bytes }], options)).scores;

function written(...lines: string[]): Promise<Buffer> {
  const document = new PDFDocument();
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  for (const line of lines) document.text(line);
  return new Promise((resolve) => {
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.end();
  });
}

t.test('every technique is listed once, and gives no more than it says', async (t) => {
  const techniques = fileChecks.flatMap((check) => check.techniques);
  t.equal(new Set(techniques.map(({ id }) => id)).size, techniques.length);
  for (const { id, title, description, maxScore } of techniques) {
    t.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.ok(title.length > 3 && description.length > 20 && maxScore > 0 && maxScore <= 100, id);
  }
});

t.test('harmless attachments', async (t) => {
  const letter = await written(
    'Rechnung 4711',
    'Wir danken für Ihren Auftrag.',
    ...Array(30).fill('Stahlblech verzinkt, 12 Stück'),
  );
  const files: Attached[] = [
    { name: 'Rechnung 4711.pdf', bytes: letter, type: 'application/pdf' },
    { name: 'letter.docx', bytes: docx('Dear all, see the terms below.') },
    {
      name: 'table.doc',
      bytes: compound([
        { name: 'WordDocument', bytes: Buffer.from('An ordinary old letter of ours.'.repeat(4)) },
      ]),
    },
    { name: 'photo.jpg', bytes: Buffer.from('ffd8ffe000104a464946', 'hex') },
    { name: '0001-fix.patch', bytes: 'diff --git a/x.js b/x.js\n+eval(atob(x))\n+<html><script>\n' },
    { name: 'build.sh', bytes: '#!/bin/sh\nmake\n' },
    { name: 'tool.py', bytes: '#!/usr/bin/env python3\nprint(1)\n' },
    {
      name: 'source.tar',
      bytes: tar(
        [
          'main.c',
          'configure',
          'make.bat',
          'web/app.js',
          ...Array.from({ length: 12 }, (_, index) => `src/${index}.c`),
        ].map((name) => ({ name, bytes: 'x' })),
      ),
    },
    {
      name: 'signature.asc',
      bytes: '-----BEGIN PGP SIGNATURE-----\n\nx\n',
      type: 'application/pgp-signature',
    },
    {
      name: 'smime.p7s',
      bytes: Buffer.from('308006092a864886f70d010702', 'hex'),
      type: 'application/pkcs7-signature',
    },
    { name: 'logo.svg', bytes: '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>' },
    {
      name: 'zugferd.pdf',
      bytes: pdf('<< /Type /Catalog >>', '<< /Type /Filespec /UF (factur-x.xml) /EF << >> >>'),
    },
    { name: 'invoice.xml', bytes: '<?xml version="1.0"?><Invoice/>' },
    {
      name: 'party.ics',
      bytes: 'BEGIN:VCALENDAR\r\nORGANIZER:mailto:x@b.example\r\nURL:https://b.example/\r\nEND:VCALENDAR',
    },
    {
      name: 'docs.zip',
      bytes: zip([
        { name: 'a.pdf', bytes: letter },
        { name: 'b.txt', bytes: 'x' },
      ]),
    },
  ];
  for (const file of files) {
    // A build file among many others is a weak sign, and the only one.
    const expected = file.name === 'source.tar' ? { 'executable-in-archive': 8 } : {};
    t.strictSame((await judgeFiles([file])).scores, expected, file.name);
  }
});

t.test('programs and scripts', async (t) => {
  t.match(await scores('setup.exe', program), { 'executable-attachment': 78 });
  t.match(await scores('update.js', 'x'), { 'executable-attachment': 75 });
  t.match(await scores('docs.zip', zip([{ name: 'invoice.scr', bytes: program }])), {
    'executable-in-archive': 80,
  });
  t.match(await scores('invoice.pdf.exe', program), { 'double-extension': 85 });
  t.match(await scores('invoice\u202efdp.exe', program), {
    'reversed-filename': 70,
    'executable-attachment': 78,
  });
  t.match(await scores('disk.iso', 'x'), { 'disk-image-attachment': 65 });
  t.match(await scores('doc.lnk', Buffer.from('4c0000000114020000000000c000000000000046', 'hex')), {
    'shortcut-attachment': 78,
  });
  t.match(await scores('doc.url', '[InternetShortcut]\nURL=file://evil.example/x'), {
    'shortcut-attachment': 85,
  });
  t.match(await scores('doc.url', '[InternetShortcut]\nURL=https://shop.example/'), {
    'shortcut-attachment': 42,
  });
  const { findings } = await judgeFiles([
    { name: 'a.zip', bytes: zip([{ name: 'run.exe', bytes: program }]) },
  ]);
  t.match(findings[0], {
    explanation: 'The attachment run.exe in a.zip is a program.',
    evidence: { filename: 'a.zip', inside: ['run.exe'], sha256: /^[0-9a-f]{64}$/ },
  });
});

t.test('EICAR and what an antivirus program knows', async (t) => {
  t.match(await scores('x.txt', eicar), { eicar: 97 });
  const plain = await judgeFiles([{ name: 'x.txt', bytes: 'x' }]);
  const sha256 = plain.message.attachments[0]?.sha256 ?? '';
  const byFile = await judgeFiles([{ name: 'x.txt', bytes: 'x' }], { viruses: { [sha256]: 'Win.Bad-1' } });
  t.match(byFile.findings, [
    { technique: 'virus', score: 96, explanation: /x\.txt is known .* as Win\.Bad-1/ },
  ]);
  const byMail = await judgeFiles([], { viruses: { message: 'Win.Bad-1' } });
  t.match(byMail.findings, [{ technique: 'virus', explanation: /^The mail is known/ }]);
  t.match((await judgeFiles([], { viruses: { message: 'PUA.Doc.Macro' } })).scores, { virus: 45 });
  t.strictSame((await judgeFiles([], { viruses: {} })).scores, {});
});

t.test('encrypted archives, and their password', async (t) => {
  const archive = zip([{ name: 'invoice.docx', bytes: 'x', encrypted: true }]);
  t.strictSame(await scores('invoice.zip', archive), { 'encrypted-archive': 25 });
  for (const text of [
    'The password is 4711x.',
    'Archive password: hunter2',
    'Das Passwort lautet: 4711',
    'Mot de passe : abc123',
    'La contraseña es 1234',
    'Wachtwoord: 5566',
  ])
    t.strictSame(
      await scores('invoice.zip', archive, { text }),
      { 'encrypted-archive-with-password': 50 },
      text,
    );
  for (const text of ['I will call you with the rest.', 'Please find our offer.'])
    t.strictSame(await scores('invoice.zip', archive, { text }), { 'encrypted-archive': 25 }, text);
});

t.test('hostile archives', async (t) => {
  const zeros = Buffer.alloc(30 * 1024 * 1024);
  t.match(
    await scores('a.zip', zip(Array.from({ length: 8 }, (_, index) => ({ name: `${index}`, bytes: zeros })))),
    { 'archive-bomb': 70 },
  );
  t.match(await scores('a.zip', zip([{ name: 'a.txt', localName: 'b.txt', bytes: 'x' }])), {
    'archive-inconsistent': 40,
  });
  t.match(await scores('a.ace', '\0\0\0\0\0\0\0**ACE**'), { 'rare-archive': 40 });
});

t.test('documents', async (t) => {
  t.strictSame(await scores('prices.docm', docm(plainMacro)), { 'macro-document': 35 });
  t.strictSame(await scores('prices.docm', docm(hostileMacro)), { 'hostile-macro': 88 });
  t.strictSame(await scores('prices.doc', doc(hostileMacro)), { 'hostile-macro': 88 });
  t.strictSame(
    await scores('a.docx', docx('x', [relationships('attachedTemplate', 'https://evil.example/t')])),
    { 'remote-template': 72 },
  );
  t.match(await scores('a.rtf', '{\\rtf1{\\object\\objupdate{\\*\\objdata 00}}}'), { 'embedded-object': 55 });
  t.match(
    await scores('a.doc', compound([{ name: '\x01Ole10Native', bytes: ole10Native('run.exe', program) }])),
    { 'executable-in-archive': 80, 'embedded-file': 18 },
  );
  const encrypted = compound([{ name: 'EncryptedPackage', bytes: Buffer.alloc(5_000) }]);
  t.strictSame(await scores('a.xlsx', encrypted), { 'encrypted-document': 20 });
  t.strictSame(await scores('a.xlsx', encrypted, { text: 'Password: 1234' }), { 'encrypted-document': 42 });
});

t.test('PDFs', async (t) => {
  const link = (text: string) =>
    pdf(
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Kids [3 0 R] >>',
      '<< /Type /Page /Contents 5 0 R /Annots [4 0 R] >>',
      '<< /Subtype /Link /Rect [100 100 300 160] /A << /S /URI /URI (https://evil.example/x) >> >>',
      `<< /Length ${text.length + 14} >>\nstream\nBT (${text}) Tj ET\nendstream`,
    );
  t.strictSame(await scores('a.pdf', link('Click here to view your secure document now, please')), {
    'pdf-lure': 45,
  });
  t.strictSame(await scores('a.pdf', link('Certificate of attendance of the course, given to A. Person')), {
    'pdf-lure': 10,
  });
  t.strictSame(await scores('a.pdf', link('')), { 'pdf-lure': 28 });
  t.match(await scores('a.pdf', pdf('<< /Type /Catalog /OpenAction << /S /Launch /F (cmd.exe) >> >>')), {
    'pdf-launch': 78,
  });
  t.match(await scores('a.pdf', pdf('<< /Type /Catalog /OpenAction << /S /JavaScript /JS (x) >> >>')), {
    'pdf-javascript': 15,
  });
});

t.test('QR codes', async (t) => {
  const code = png(codePicture(codes.link.rows));
  t.strictSame(await scores('code.png', code), { 'qr-code-link': 32 });
  t.strictSame(
    await scores('code.png', code, {
      text: 'Your MFA expires today. Scan the code with your phone to authenticate.',
    }),
    { 'qr-code-link': 48 },
  );
  const newsletter = 'Our summer catalogue is out, with many new products for your garden. '.repeat(10);
  t.strictSame(await scores('code.png', code, { text: newsletter }), { 'qr-code-link': 12 });
  t.strictSame(await scores('code.png', png(codePicture(codes.payment.rows))), {}, 'a payment code');
  const { findings } = await judgeFiles([{ name: 'code.png', bytes: code }]);
  t.match(findings[0]?.evidence, { link: 'hxxps://login[.]evil[.]example/m?u=1' });
});

t.test('pages', async (t) => {
  const html = (body: string) => `<!doctype html><html><body>${body}</body></html>`;
  t.strictSame(await scores('page.html', html('Hello')), { 'html-attachment': 20 });
  t.match(await scores('page.html', html('<form><input type=password></form>')), {
    'html-password-form': 78,
  });
  t.match(await scores('page.htm', html('<script>saveAs(new Blob([atob(x)]))</script>')), {
    'html-smuggling-attachment': 80,
  });
  t.match(await scores('page.shtml', html('<script>location.href="https://evil.example"</script>')), {
    'redirecting-page': 55,
  });
  t.match(await scores('invoice.pdf.html', html('x')), { 'double-extension': 55 });
  t.match(await scores('invoice.pdf', html('x')), { 'attachment-type-mismatch': 50 });
  t.match(await scores('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'), {
    'active-drawing': 60,
  });
  t.match(await scores('Voicemail_0231.html', html('x')), { 'voice-lure': 45 });
  const site = zip(
    ['index', ...Array.from({ length: 9 }, (_, index) => `page${index}`)].map((name) => ({
      name: `${name}.html`,
      bytes: html('<script>x()</script>'),
    })),
  );
  t.strictSame(await scores('documentation.zip', site), {}, 'the pages of a documentation');
});

t.test('invitations of somebody else', async (t) => {
  const invitation =
    'BEGIN:VCALENDAR\r\nORGANIZER:mailto:x@other.example\r\nDESCRIPTION:https://evil.example/\r\nEND:VCALENDAR';
  t.strictSame(await scores('invite.ics', invitation), { 'foreign-invitation': 12 });
});
