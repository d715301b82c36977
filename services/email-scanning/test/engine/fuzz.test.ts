import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { noKnowledge } from '../../src/engine/knowledge.ts';
import { limits } from '../../src/engine/limits.ts';
import { parseMessage } from '../../src/engine/parse.ts';
import { scan } from '../../src/engine/scan.ts';
import { threadMilliseconds } from '../../src/engine/thread-time.ts';
import { NoCorpus, openCorpus } from '../../training/corpus.ts';
import { mail, withAttachment } from './knowledge.ts';

const slowest = 1_000;

/** Judges the bytes; says what is unsound about the result, or null. */
function unsound(bytes: Uint8Array): string | null {
  const start = threadMilliseconds();
  const message = parseMessage(bytes);
  const { score, verdict, findings } = scan(message, noKnowledge);
  const spent = threadMilliseconds() - start;
  if (spent > slowest) return `it took ${Math.round(spent)} ms`;
  if (!Number.isInteger(score) || score < 0 || score > 100) return `score ${score}`;
  if (!['clean', 'suspicious', 'malicious'].includes(verdict)) return `verdict ${verdict}`;
  if (findings.some((found) => !(found.score >= 0 && found.score <= 100))) return 'a finding without a score';
  for (const text of [message.text, message.htmlText, message.hiddenText])
    if (text.length > limits.text) return `a text of ${text.length} characters`;
  if (message.links.length > limits.links) return `${message.links.length} links`;
  if (message.attachments.length > limits.attachments) return `${message.attachments.length} attachments`;
  if (message.problems.some(({ code }) => code === 'cut') && verdict === 'clean') return 'cut, and clean';
  return null;
}

const multipart = Buffer.from(
  [
    'From: "A, B" <a@b.example>',
    'Subject: =?utf-8?B?R3LDvMOfZQ==?= and =?iso-8859-1?Q?more?=',
    'Content-Type: multipart/mixed; boundary="out"',
    '',
    '--out',
    'Content-Type: multipart/alternative; boundary=in',
    '',
    '--in',
    'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=C3=BC=C3=9Fe =\nhttps://a.example/?b=3Dc begin 644 x',
    '--in',
    'Content-Type: text/html; charset=windows-1252',
    '',
    '<style>.x{display:none}</style><p class=x>no</p><table bgcolor=#fff><td><a href="https://b.example">b</a><form><input type=password></table>',
    '--in--',
    '--out',
    'Content-Type: message/rfc822',
    '',
    'Subject: within',
    '',
    'text',
    '--out',
    "Content-Type: image/png; name*0*=utf-8''a%C3%A4; name*1=b.png",
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    '--out--',
  ].join('\r\n'),
);
const fixtures = [
  multipart,
  mail({ html: '<div style="color:#fff;background:#fff">x</div><svg><script>atob("x")</script></svg>' }),
  withAttachment('a.pdf', '%PDF-1.7\n1 0 obj <</URI (http://a.example)>> endobj'),
];

/** What breaks parsers when it stands in the wrong place. */
const tokens = [
  ...[
    '\r',
    '\n',
    '\r\n\r\n',
    '\0',
    '--out',
    '--in--',
    '=?',
    '?=',
    '=?utf-8?b?',
    '=',
    '=\r\n',
    '"',
    '(',
    '<',
    '>',
    ';',
    ':',
    ',',
  ],
  ...[
    '<!--',
    '</',
    '<style>',
    '<td',
    '&#x110000;',
    '&#0;',
    '&amp',
    'style="',
    'Content-Type: multipart/mixed; boundary=out\r\n\r\n',
  ],
  ...[
    'Content-Type: message/rfc822\r\n\r\n',
    'begin 644 a\n',
    '+AAA-',
    "*0*=utf-8''%",
    '\ufeff',
    '\u202e',
    '\u200b',
    '\ud83d',
    'constructor',
    '__proto__',
  ],
].map((token) => Buffer.from(token));

interface Change {
  kind: 'byte' | 'cut' | 'insert' | 'repeat';
  /** How far into the bytes, 0–1. */
  at: number;
  value: number;
  length: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('byte', 'cut', 'insert', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.nat(255),
  length: fc.nat(200),
});

function changed(original: Buffer, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(original);
  for (const one of changes) {
    const at = Math.floor(one.at * bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (one.kind === 'byte') bytes[at] = one.value;
    else if (one.kind === 'cut') bytes = Buffer.concat([before, after.subarray(one.value)]);
    else if (one.kind === 'insert')
      bytes = Buffer.concat([before, tokens[one.value % tokens.length] as Buffer, after]);
    else {
      const repeated = Array.from({ length: one.value % 64 }, () => after.subarray(0, one.length));
      bytes = Buffer.concat([before, ...repeated, after]);
    }
  }
  return bytes;
}

const sound = (bytes: Uint8Array) => {
  const problem = unsound(bytes);
  if (problem !== null) throw new Error(problem);
};

t.test('whatever the bytes are, there is a verdict', async () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), sound), { numRuns: 200 });
  const pieces = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.uint8Array({ maxLength: 20 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(pieces, (some) => sound(Buffer.concat(some))),
    { numRuns: 200 },
  );
});

t.test('mails with something changed in them', async () => {
  const changes = fc.array(change, { maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), changes, (original, some) => sound(changed(original, some))),
    {
      numRuns: 400,
    },
  );
});

t.test('mails that end early', async (t) => {
  for (let length = 0; length <= multipart.length; length += 7) {
    const problem = unsound(multipart.subarray(0, length));
    if (problem !== null) t.fail(`${length} bytes: ${problem}`);
  }
});

// An archive that is there but cannot be unpacked fails the test; where there is none it is skipped.
const corpus = await openCorpus().catch((error: unknown) => {
  if (error instanceof NoCorpus) return null;
  throw error;
});

t.test('mail that breaks parsers', { skip: corpus === null }, async (t) => {
  if (!corpus) return;
  t.teardown(() => corpus.close());
  const files: string[] = [];
  for (const set of ['torture', 'auth'])
    for (const entry of await readdir(join(corpus.folder, set), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  t.ok(files.length > 800, `${files.length} files`);
  const small: Buffer[] = [];
  for (const file of files) {
    const bytes = await readFile(file);
    const problem = unsound(bytes);
    if (problem !== null) t.fail(`${file.slice(corpus.folder.length)}: ${problem}`);
    if (bytes.length < 40_000) small.push(bytes);
  }
  const changes = fc.array(change, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.nat(small.length - 1), changes, (at, some) => sound(changed(small[at] as Buffer, some))),
    { numRuns: 500 },
  );
});
