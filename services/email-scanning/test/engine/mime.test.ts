import t from 'tap';

import { readAddresses } from '../../src/engine/mime/addresses.ts';
import { decodeWords } from '../../src/engine/mime/encoded-words.ts';
import { unflow } from '../../src/engine/mime/flowed.ts';
import { readMime } from '../../src/engine/mime/index.ts';
import { readStructured } from '../../src/engine/mime/parameters.ts';
import { decodeBase64, decodeQuotedPrintable } from '../../src/engine/mime/transfer.ts';
import { decodeUtf7 } from '../../src/engine/mime/utf7.ts';
import { takeUuencoded } from '../../src/engine/mime/uuencode.ts';
import { parseMessage } from '../../src/engine/parse.ts';
import { linksIn } from '../../src/engine/text-links.ts';

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'), 'latin1');
const codes = (raw: Buffer) => parseMessage(raw).problems.map(({ code }) => code);

t.test('encoded words', async (t) => {
  const cases: [string, string, boolean][] = [
    ['plain', 'plain', false],
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=', 'Grüße an alle', false],
    ['=?UTF-8?B?R3LDvMOfZQ==?= =?utf-8?q?_und_mehr?=', 'Grüße und mehr', false],
    ['=?utf-8?Q?cut_=C3?= =?utf-8?Q?=BC_character?=', 'cut ü character', false],
    ['=?iso-8859-1*de?q?f=FCr?= uns', 'für uns', false],
    ['a =?utf-8?q?b?= c', 'a b c', false],
    ['=?utf-8?Q?has blanks?=', 'has blanks', false],
    ['=?koi8-r?B?8NLJ18XU?=', 'Привет', false],
    ['=?nonsense?Q?caf=C3=A9?=', 'café', true],
    ['=?utf-8?Q?never ends', '=?utf-8?Q?never ends', true],
    ['=?utf-8?X?abc?=', '=?utf-8?X?abc?=', true],
    ['caf\u00e9', 'café', false],
    ['caf\u00c3\u00a9', 'café', false],
  ];
  for (const [value, text, broken] of cases) t.match(decodeWords(value), { text, broken }, value);
});

t.test('parameters', async (t) => {
  const parameters = (header: string) => Object.fromEntries(readStructured(header).parameters);
  t.strictSame(parameters('text/plain; charset=utf-8; format=flowed'), {
    charset: 'utf-8',
    format: 'flowed',
  });
  t.strictSame(parameters('a/b; name="x; y.pdf" (remark; c=d); other=1'), { name: 'x; y.pdf', other: '1' });
  t.strictSame(parameters(`a/b; name*0*=utf-8'en'%C3%A4; name*1="b c"; name*2*=%20d`), { name: 'äb c d' });
  t.strictSame(parameters(`a/b; filename=plain.txt; filename*=utf-8''real%2Eexe`), { filename: 'real.exe' });
  t.strictSame(parameters('a/b; name="=?utf-8?Q?=C3=A4.pdf?="'), { name: 'ä.pdf' });
  t.strictSame(parameters('a/b; name=two words.pdf; x'), { name: 'two words.pdf' });
  t.strictSame(parameters('a/b; name="never closed'), { name: 'never closed' });
  t.strictSame(parameters('a/b; name=a(b.pdf; c=d'), { name: 'a(b.pdf', c: 'd' });
  t.strictSame(parameters('a/b; boundary=one; boundary=two'), { boundary: 'one' });
  t.equal(readStructured(' TEXT/HTML ; charset=x').value, 'text/html');
  t.strictSame(parameters(';;;===;;"'), {});
});

t.test('addresses', async (t) => {
  const cases: [string, [string, string][]][] = [
    ['a@b.example', [['', 'a@b.example']]],
    [
      '"Doe, Jane" <Jane@B.example>, c@d.example',
      [
        ['Doe, Jane', 'jane@b.example'],
        ['', 'c@d.example'],
      ],
    ],
    ['Doe, Jane <jane@b.example>', [['Doe, Jane', 'jane@b.example']]],
    ['jane@b.example (Jane (the boss) Doe)', [['Jane (the boss) Doe', 'jane@b.example']]],
    [
      'Team: a@b.example, C <c@d.example>; e@f.example',
      [
        ['', 'a@b.example'],
        ['C', 'c@d.example'],
        ['', 'e@f.example'],
      ],
    ],
    ['undisclosed-recipients:;', []],
    ['"shown@bank.example" <real@evil.example>', [['shown@bank.example', 'real@evil.example']]],
    ['<shown@bank.example> <real@evil.example>', [['<shown@bank.example>', 'real@evil.example']]],
    ['=?utf-8?Q?J=C3=B6rg?= <j@b.example>', [['Jörg', 'j@b.example']]],
    ['=?utf-8?Q?Bank_<ceo@bank.example>?= <x@evil.example>', [['Bank <ceo@bank.example>', 'x@evil.example']]],
    ['=?utf-8?Q?Bank_<ceo@bank.example>?=', [['Bank', 'ceo@bank.example']]],
    ['Jane jane@b.example', [['Jane', 'jane@b.example']]],
    ['<@relay,@other:jane@b.example>', [['', 'jane@b.example']]],
    ['Nobody', [['Nobody', '']]],
    ['"never closed <a@b.example>', [['"never closed', 'a@b.example']]],
    ['<>', []],
    ['', []],
  ];
  for (const [header, expected] of cases)
    t.strictSame(
      readAddresses(header, 100).addresses.map(({ name, address }) => [name, address]),
      expected,
      header,
    );
  t.equal(readAddresses('a@b.example,'.repeat(500), 100).addresses.length, 100);
});

t.test('transfer encodings', async (t) => {
  const base64 = (text: string) => decodeBase64(Buffer.from(text)).toString();
  t.equal(base64('SGVs\r\nbG8='), 'Hello');
  t.equal(base64('SGVs*bG8'), 'Hello', 'foreign signs are passed over');
  t.equal(base64('SGVsbG8=\nV29ybGQ='), 'HelloWorld', 'several pieces');
  const quoted = (text: string) => decodeQuotedPrintable(Buffer.from(text)).toString();
  t.equal(quoted('a=3D=\r\nb=20 =\nc=zz=4'), 'a=b  c=zz=4');
  t.equal(quoted('soft=  \r\nbreak='), 'softbreak');
  t.equal(decodeUtf7('Hi +AGEA4Q-! 1 +- 2'), 'Hi aá! 1 + 2');
  t.equal(unflow('a \nb\n> c \n> d\n-- \nx', false), 'a b\n> c d\n-- \nx');
  t.equal(unflow('a \nb', true), 'ab');
});

t.test('a tree of parts', async (t) => {
  const message = parseMessage(
    lines(
      'From sender Mon Jan  1 00:00:00 2024',
      'From: a@b.example',
      'Subject: =?utf-8?q?All_of_it?=',
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      'preamble that nobody sees',
      '--out',
      'Content-Type: multipart/alternative; boundary=in',
      '',
      '--in',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe https://plain.example/',
      '--in  ',
      'Content-Type: text/html',
      '',
      '<p>Greetings <a href="https://html.example/">here</a></p>',
      '--in--',
      '--out',
      'Content-Type: message/rfc822',
      '',
      'From: inner@c.example',
      'Subject: within',
      'Content-Type: multipart/mixed; boundary=deep',
      '',
      '--deep',
      '',
      'inner text http://inner.example/x',
      '--deep',
      "Content-Type: application/x-thing; name*=utf-8''%C3%A4.bin",
      'Content-Transfer-Encoding: base64',
      '',
      'AAEC',
      '--deep--',
      '--out',
      'Content-Type: text/plain; name=notes.txt',
      'Content-Disposition: attachment; filename=notes.txt',
      '',
      'notes',
      '--out--',
      'epilogue',
    ),
  );
  t.strictSame(message.problems, []);
  t.equal(message.subject, 'All of it');
  t.equal(message.from?.address, 'a@b.example', 'not the one of the message within');
  t.match(message.text, /^Grüße https:\/\/plain.example\/\ninner text/);
  t.match(message.htmlText, /^Greetings here\ninner text/, 'what is shown beside HTML is read with it');
  t.strictSame(message.links.map(({ href }) => href).sort(), [
    'http://inner.example/x',
    'https://html.example/',
    'https://plain.example/',
  ]);
  t.strictSame(message.attachments.map(({ filename, size }) => [filename, size]).slice(1), [
    ['ä.bin', 3],
    ['notes.txt', 5],
  ]);
  t.equal(message.attachments[0]?.facts.kind, 'message');
  t.strictSame(message.partTypes, [
    'text/plain',
    'text/html',
    'text/plain',
    'application/x-thing',
    'text/plain',
  ]);
});

t.test('all that headers tell', async (t) => {
  const message = parseMessage(
    lines(
      'Return-Path: <bounce@b.example>',
      'Authentication-Results: mx.example; spf=pass',
      'From: A <a@b.example>, C <c@d.example>',
      'Sender: s@b.example',
      'Reply-To: r@b.example',
      'To: t@demo.example',
      'Cc: u@demo.example',
      'Subject: one',
      ' two',
      'Date: Mon, 1 Jan 2024 00:00:00 +0000',
      'Message-ID: <1@b.example>',
      'In-Reply-To: <0@b.example> (of yesterday)',
      'References: <x@b.example>',
      '\t<0@b.example>',
      'X-Mailer: Pen and paper',
      'List-Id: <l.example>',
      '',
      'x',
    ),
  );
  t.match(message, {
    returnPath: 'bounce@b.example',
    authenticationResults: ['mx.example; spf=pass'],
    fromCount: 1,
    fromAll: [{ name: 'A' }, { name: 'C', address: 'c@d.example' }],
    sender: { address: 's@b.example' },
    replyTo: [{ address: 'r@b.example' }],
    to: [{ address: 't@demo.example' }],
    cc: [{ address: 'u@demo.example' }],
    subject: 'one two',
    date: 'Mon, 1 Jan 2024 00:00:00 +0000',
    messageId: '<1@b.example>',
    inReplyTo: '<0@b.example>',
    threadIds: ['<x@b.example>', '<0@b.example>'],
    mailer: 'Pen and paper',
    list: true,
    brokenHeaders: false,
  });
  t.equal(message.headerNames.length, 14);
  t.equal(message.headerNames[0], 'return-path');
  t.equal(parseMessage(lines('From: a@b.example', 'Subject: \u00e4', '', 'x')).brokenHeaders, true);
  t.equal(parseMessage(lines('Return-Path: <>', 'From: a@b.example', '', 'x')).returnPath, null);
});

t.test('line breaks, marks and lines that do not belong there', async (t) => {
  for (const lineBreak of ['\n', '\r\n', '\r']) {
    const raw = [
      'From: a@b.example',
      'Subject: s',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'text',
      '--b--',
      '',
    ];
    const message = parseMessage(Buffer.from(raw.join(lineBreak)));
    t.match(message, { subject: 's', text: 'text', problems: [] }, JSON.stringify(lineBreak));
  }
  t.match(parseMessage(Buffer.from('\ufeffFrom: a@b.example\n\nx')), {
    from: { address: 'a@b.example' },
    problems: [],
  });
  t.match(parseMessage(Buffer.from('\r\n\r\nFrom: a@b.example\n\nx')).from, { address: 'a@b.example' });
  const stray = parseMessage(Buffer.from('From: a@b.example\nthis is none\nSubject: s\n\nx'));
  t.match(stray, { subject: 's', text: 'x', problems: [{ code: 'odd-headers' }] });
  const unparted = parseMessage(Buffer.from('From: a@b.example\nDear reader\nhow are you\n'));
  t.match(unparted.text, /^Dear reader/, 'text without an empty line before it');
  t.match(parseMessage(Buffer.from('no mail at all')), {
    text: 'no mail at all',
    problems: [{ code: 'no-headers' }],
  });
});

t.test('multiparts that are broken', async (t) => {
  const head = ['From: a@b.example', 'Content-Type: multipart/mixed; boundary=b', ''];
  const unclosed = lines(...head, '--b', 'Content-Type: text/html', '', '<b>bold</b>');
  t.match(parseMessage(unclosed), { htmlText: 'bold', problems: [{ code: 'unclosed' }] });
  t.match(
    parseMessage(lines(...head, 'no part at all')).text,
    'no part at all',
    'shown as the text that it is',
  );
  t.match(
    parseMessage(lines('From: a@b.example', 'Content-Type: multipart/mixed', '', 'no boundary')).text,
    'no boundary',
  );
  const encoded = Buffer.from('--b\r\n\r\nwithin\r\n--b--\r\n').toString('base64');
  t.equal(
    parseMessage(
      lines(head[0] as string, head[1] as string, 'Content-Transfer-Encoding: base64', '', encoded),
    ).text,
    'within',
    'a multipart in Base64 is forbidden, and read by some',
  );
  const inner = Buffer.from('Subject: x\r\n\r\nforwarded').toString('base64');
  const forwarded = [
    '--b',
    'Content-Type: message/rfc822',
    'Content-Transfer-Encoding: base64',
    '',
    inner,
    '--b--',
    '',
  ];
  t.equal(parseMessage(lines(...head, ...forwarded)).text, 'forwarded');
  const digest = lines(
    'From: a@b.example',
    'Content-Type: multipart/digest; boundary=b',
    '',
    '--b',
    '',
    'Subject: x',
    '',
    'one',
    '--b--',
  );
  t.equal(parseMessage(digest).text, 'one');
  const headless = lines(...head, '--b', 'Content-Type: text/plain', '--b', '', 'second', '--b--');
  t.equal(parseMessage(headless).text, 'second', 'a delimiter ends headers too');
});

t.test('character sets', async (t) => {
  const body = (charset: string, bytes: Buffer) =>
    parseMessage(
      Buffer.concat([
        Buffer.from(`From: a@b.example\nContent-Type: text/plain; charset=${charset}\n\n`),
        bytes,
      ]),
    );
  t.match(body('koi8-r', Buffer.from('f0d2c9d7c5d4', 'hex')), {
    text: 'Привет',
    problems: [],
    charsets: ['koi8-r'],
  });
  t.match(body('shift_jis', Buffer.from('93fa967b', 'hex')).text, '日本');
  t.match(body('gb2312', Buffer.from('c4e3bac3', 'hex')).text, '你好');
  t.match(body('utf-7', Buffer.from('+AOQ-')).text, 'ä');
  t.match(body('utf-8', Buffer.from('e4', 'hex')), { text: 'ä', problems: [{ code: 'charset' }] });
  t.match(body('nonsense', Buffer.from('ä')), { text: 'ä', problems: [{ code: 'charset' }] });
  t.match(body('us-ascii', Buffer.from('a\0b')), { text: 'ab', problems: [{ code: 'nul' }] });
});

t.test('a page names its character set itself', async (t) => {
  const head = Buffer.from('From: a@b.example\nContent-Type: text/html\n\n<meta charset="koi8-r"><p>');
  const message = parseMessage(Buffer.concat([head, Buffer.from('f0d2c9d7c5d4', 'hex')]));
  t.match(message, { htmlText: 'Привет', charsets: ['koi8-r'], problems: [] });
});

t.test('uuencoded files in the text', async (t) => {
  const message = parseMessage(
    lines('From: a@b.example', '', 'See:', 'begin 644 a.bin', '#0V%T', '`', 'end', 'Bye'),
  );
  t.match(message.text, /^See:\nBye/);
  t.match(message.attachments, [{ filename: 'a.bin', size: 3 }]);
  t.equal(parseMessage(lines('From: a@b.example', '', 'begin the work', 'now')).attachments.length, 0);
});

t.test(
  'what stands at the end of a uuencoded line: blanks are cut off, other control characters are digits',
  async (t) => {
    for (const [end, content] of [
      ['T', 'Cat'],
      ['\x01', 'Caa'],
      ['\xa0\t ', 'Ca@'],
    ] as const) {
      const { files } = takeUuencoded(Buffer.from(`begin 644 a\n#0V%${end}\nend\n`, 'latin1'), 1);
      t.equal(files[0]?.bytes.toString('latin1'), content);
    }
  },
);

t.test('links in plain text', async (t) => {
  const hrefs = (text: string) => linksIn(text, 100).map(({ href }) => href);
  t.strictSame(hrefs('see https://a.example/b.'), ['https://a.example/b']);
  t.strictSame(hrefs('<http://a.example/x?y=1&z=(2)>, (www.b.example/c)'), [
    'http://a.example/x?y=1&z=(2)',
    'http://www.b.example/c',
  ]);
  t.strictSame(hrefs('hxxps://evil[.]example/a'), ['hxxps://evil[.]example/a']);
  t.strictSame(hrefs('no link: http:// or www. alone'), []);
});

t.test('limits are told', async (t) => {
  const parts = (count: number) =>
    lines(
      'From: a@b.example',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from({ length: count }, () => '--b\r\n\r\nx'),
      '--b--',
    );
  t.strictSame(codes(parts(900)), []);
  t.ok(codes(parts(10_000)).includes('cut'));
  const nested = Array.from(
    { length: 100 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  ).join('');
  t.ok(codes(Buffer.from(`From: a@b.example\r\n${nested}`)).includes('cut'));
  t.strictSame(codes(Buffer.concat([Buffer.from('X: y\n'.repeat(100_000)), Buffer.from('\nx')])), ['cut']);
  t.strictSame(codes(Buffer.from(`From: a@b.example\nX: ${'y'.repeat(1_000_000)}\n\nx`)), ['cut']);
  t.ok(codes(Buffer.alloc(26 * 1024 * 1024, 'From: a@b.example\n\n')).includes('cut'));
  t.match(readMime(Buffer.alloc(0)).problems, [{ code: 'empty' }]);
});
