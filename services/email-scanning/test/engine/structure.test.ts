import t from 'tap';
import { structureChecks } from '../../src/engine/checks/structure/index.ts';
import { noKnowledge } from '../../src/engine/knowledge.ts';
import { parseMessage } from '../../src/engine/parse.ts';
import { contextOf } from '../../src/engine/scan.ts';
import { mail } from './knowledge.ts';

/** What the checks of this group find, as technique:score. */
function found(raw: Buffer | string): string[] {
  const context = contextOf(parseMessage(Buffer.from(raw)), noKnowledge);
  return structureChecks
    .flatMap((check) => check.run(context))
    .map(({ technique, score }) => `${technique}:${score}`);
}

const message = (headers: string[], body = 'Hello') => `${headers.join('\n')}\n\n${body}\n`;
const page = (html: string) => mail({ from: 'a@b.example', html });
const words = (count: number, of = 'word') =>
  Array.from({ length: count }, (_, at) => `${of}${at}`).join(' ');

t.test('ordinary mail', async (t) => {
  t.strictSame(found(mail({})), []);
  t.strictSame(found(page('<p>Hello <b>you</b></p>')), []);
});

t.test('senders', async (t) => {
  t.strictSame(found(message(['From: a@b.example', 'From: c@d.example'])), ['several-senders:45']);
  t.strictSame(found(message(['From: a@b.example', 'From: a@b.example'])), ['several-senders:20']);
  t.strictSame(found(message(['From: a@b.example, c@d.example'])), ['several-from-addresses:25']);
  t.strictSame(found(message(['From: a@b.example, c@b.example'])), [], 'two people of one company');
  t.strictSame(found(message(['Subject: x'])), ['no-sender:12']);
  t.strictSame(found(message(['From: Your bank'])), ['no-sender:20']);
});

t.test('hidden text', async (t) => {
  const hidden = (text: string, shown = 'Hello') =>
    found(page(`<p>${shown}</p><div style="display:none">${text}</div>`));
  t.strictSame(hidden(words(40)), [], 'a preview line');
  t.strictSame(hidden(words(150)), ['hidden-text:12']);
  t.strictSame(hidden(words(400)), ['hidden-text:40']);
  t.strictSame(hidden(words(400), words(400, 'other')), ['hidden-text:25']);
  t.strictSame(hidden(words(400), words(400)), [], 'the same text twice, for phones');
});

t.test('words that are cut', async (t) => {
  const cut = 'ac<span style="font-size:0">x</span>count ';
  t.strictSame(found(page(cut)), ['cut-words:10']);
  t.strictSame(found(page(cut.repeat(4))), ['cut-words:35']);
  t.strictSame(found(page(cut.repeat(12))), ['cut-words:50']);
  t.strictSame(found(page('pass\u200bword '.repeat(50))), ['cut-words:50', 'invisible-signs:20']);
  t.strictSame(found(page('a \u200b b '.repeat(5))), []);
  const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  t.strictSame(found(mail({ subject: encoded('pass\u200bword') })), ['disguised-subject:40']);
  t.strictSame(found(mail({ subject: encoded('invoice\u202efdp') })), ['disguised-subject:40']);
  t.strictSame(found(mail({ subject: encoded('Grüße 👨\u200d👩') })), []);
});

t.test('headers', async (t) => {
  const from = 'From: a@b.example';
  t.strictSame(found(message([from, 'Subject: a', 'Subject: b'])), ['repeated-header:20']);
  t.strictSame(found(message([from, 'Content-Type: text/plain', 'Content-Type: text/html'])), [
    'repeated-header:25',
  ]);
  t.strictSame(found(message([from, 'Received: a', 'Received: b', 'Constructor: a', 'Constructor: b'])), []);
  t.strictSame(found(message([from, ...Array.from({ length: 200 }, (_, at) => `X-${at}: y`)])), [
    'header-flood:20',
  ]);
  t.strictSame(found(message([from, 'Subject: Grüße'])), ['raw-bytes-in-headers:10']);
  t.strictSame(found(message([from, 'Subject: Hi          4711'])), ['padded-subject:20']);
});

t.test('text and parts', async (t) => {
  const from = 'From: a@b.example';
  const typed = (type: string, body = 'Hello') => found(message([from, `Content-Type: ${type}`], body));
  t.strictSame(typed('text/plain; charset=utf-7', 'Hi +AOQ-'), ['odd-charset:30']);
  t.strictSame(typed('text/plain; charset=x-invented', 'ä'), ['odd-charset:4', 'careless-make:3']);
  t.strictSame(typed('text/plain; charset=KOI8-R'), []);
  t.strictSame(typed('text/plain', `Hello${'\n'.repeat(600)}there`), ['padded-text:12']);
  t.strictSame(typed('text/plain', `Hello${'\n'.repeat(600)}`), []);
  const both = (text: string, html: string) =>
    typed(
      'multipart/alternative; boundary=b',
      `--b\nContent-Type: text/plain\n\n${text}\n--b\nContent-Type: text/html\n\n<p>${html}</p>\n--b--`,
    );
  t.strictSame(both(words(60), words(60)), []);
  t.strictSame(both(words(60), words(60, 'other')), ['alternatives-differ:15']);
  t.strictSame(both('See the page.', words(60)), [], 'a short text says nothing else');
  const file = (text: string) =>
    typed(
      'multipart/mixed; boundary=b',
      `--b\n\n${text}\n--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<html><body>open me</body></html>\n--b--`,
    );
  t.strictSame(file(''), ['page-as-file-alone:35']);
  t.strictSame(file('Here is the page that we talked about.'), []);
  t.strictSame(typed('application/octet-stream'), ['nameless-file:6']);
});

t.test('what was not read, and careless programs', async (t) => {
  const from = 'From: a@b.example';
  const parts = '--b\n\nx\n'.repeat(1_200);
  t.ok(
    found(message([from, 'Content-Type: multipart/mixed; boundary=b'], parts)).includes(
      'unreadable-content:45',
    ),
  );
  t.strictSame(found(message([from, 'Content-Type: multipart/mixed; boundary=b'], '--b\n\nx')), [
    'careless-make:5',
  ]);
  t.strictSame(found(''), ['no-sender:12', 'unreadable-content:15']);
  t.strictSame(found(message([from], 'a\0b')), ['careless-make:15']);
});
