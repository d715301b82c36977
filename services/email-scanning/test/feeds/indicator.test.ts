import t from 'tap';
import type { References } from '../../src/engine/index.ts';
import { indicatorHash, lookupsOf, plainDomain, webAddress } from '../../src/feeds/indicator.ts';
import { isPopular } from '../../src/feeds/popular.ts';

const nothing: References = {
  ...{ orderNumbers: [], senderDomain: null, senderAddress: null, ibans: [], usAccounts: [] },
  ...{ urls: [], hosts: [], hashes: [], threadIds: [] },
};
const looked = (references: Partial<References>) =>
  [...lookupsOf({ ...nothing, ...references }).values()].map(({ kind, value }) => `${kind} ${value}`);

t.test('an address is the same however it is written', async (t) => {
  const same = [
    'http://Evil.Example/a/b',
    'https://evil.example:443/a/b/',
    'http://evil.example:80/a/b#fragment',
    'https://user:secret@evil.example./a/%62',
    'HTTP://EVIL.EXAMPLE/a/x/../b',
  ];
  for (const url of same)
    t.strictSame(webAddress(url), { host: 'evil.example', page: 'evil.example/a/b', query: '' }, url);
  t.match(webAddress('https://evil.example:8443/?b=%2f&a'), { page: 'evil.example:8443', query: '?b=%2F&a' });
  t.equal(webAddress('http://0x7f.1/x')?.host, '127.0.0.1');
  t.equal(webAddress('http://[2001:DB8::0:1]/')?.host, '2001:db8::1');
  t.equal(webAddress('http://münchen.example')?.host, 'xn--mnchen-3ya.example');
  for (const none of [
    '',
    'evil.example/a',
    'ftp://evil.example',
    'http://',
    'javascript:alert(1)',
    'mailto:a@b.example',
  ])
    t.equal(webAddress(none), null, none);
});

t.test('a domain is one, or none', async (t) => {
  t.equal(plainDomain('Evil.Example.'), 'evil.example');
  t.equal(plainDomain('bücher.example'), 'xn--bcher-kva.example');
  for (const none of [
    '',
    'localhost',
    '127.0.0.1',
    'a b.example',
    '-x.example',
    'x..example',
    'evil.example/path',
  ])
    t.equal(plainDomain(none), null, none);
});

t.test('what a message refers to is looked up as feeds may know it', async (t) => {
  t.strictSame(looked({ urls: ['https://a.evil.example/x?id=1'], hosts: ['a.evil.example'] }), [
    'url a.evil.example/x',
    'url a.evil.example/x?id=1',
    'host a.evil.example',
    'domain a.evil.example',
    'domain evil.example',
  ]);
  t.strictSame(looked({ senderDomain: 'mail.evil.co.uk' }), ['domain mail.evil.co.uk', 'domain evil.co.uk']);
  t.strictSame(looked({ hosts: ['[2001:db8::1]', '203.0.113.9'] }), ['ip 2001:db8::1', 'ip 203.0.113.9']);
  t.strictSame(looked({ hashes: ['AB'] }), ['sha256 ab']);
  t.strictSame(looked({}), []);
});

t.test('what very many use is known by its full address only', async (t) => {
  t.strictSame(looked({ urls: ['https://docs.google.com/forms/x'], hosts: ['docs.google.com'] }), [
    'url docs.google.com/forms/x',
  ]);
  t.strictSame(looked({ hosts: ['evil.sharepoint.com'] }), [
    'host evil.sharepoint.com',
    'domain evil.sharepoint.com',
  ]);
  t.strictSame(looked({ hosts: ['evil.github.io'] }), ['host evil.github.io', 'domain evil.github.io']);
  for (const host of ['google.com', 'mail.google.com', 'www.sharepoint.com', 'github.io', 'co.uk', 'com'])
    t.ok(isPopular(host), host);
  for (const host of ['evil.example', 'google.com.evil.example', 'notgoogle.com', 'evil.github.io'])
    t.notOk(isPopular(host), host);
});

t.test('no message makes a lookup long, and kinds are kept apart', async (t) => {
  const urls = Array.from({ length: 5_000 }, (_, at) => `https://e${at}.example/?${at}`);
  t.equal(looked({ urls }).length, 400);
  t.not(
    indicatorHash({ kind: 'host', value: 'a.example' }),
    indicatorHash({ kind: 'domain', value: 'a.example' }),
  );
});
