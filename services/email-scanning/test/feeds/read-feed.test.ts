import { createHash } from 'node:crypto';
import type { Feed } from '@stockade/contracts/email-scanning';
import t from 'tap';
import { type Indicator, indicatorHash } from '../../src/feeds/indicator.ts';
import { csvFields } from '../../src/feeds/line-formats.ts';
import { difference, readFeed } from '../../src/feeds/read-feed.ts';

type Format = Feed['format'];

async function* pieces(content: string | Buffer, size: number) {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (format: Format, content: string | Buffer, size = 7) => readFeed(format, pieces(content, size));
const hashes = (...indicators: Indicator[]) => BigInt64Array.from(indicators.map(indicatorHash)).sort();
const url = (value: string): Indicator => ({ kind: 'url', value });
const host = (value: string): Indicator => ({ kind: 'host', value });
const domain = (value: string): Indicator => ({ kind: 'domain', value });

const urlhaus = `################################################################
# abuse.ch URLhaus Database Dump (CSV - recent URLs only)      #
################################################################
#
# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
"1","2026-11-20 10:00:00","http://Evil.Example/a.exe?x=1","online","","malware_download","exe, ""x""","https://urlhaus.abuse.ch/url/1/","someone"
"2","2026-11-20 10:00:01","http://203.0.113.9:8080/i","offline","","malware_download","elf","https://urlhaus.abuse.ch/url/2/","someone"
"3","2026-11-20 10:00:02","https://drive.google.com/uc?id=1","online","","malware_download","","https://urlhaus.abuse.ch/url/3/","someone"
`;

t.test('each format says what it says', async (t) => {
  const bad = hashes(
    ...[url('evil.example/a.exe?x=1'), host('evil.example'), url('203.0.113.9:8080/i')],
    ...[{ kind: 'ip', value: '203.0.113.9' } as const, url('drive.google.com/uc?id=1')],
  );
  t.strictSame(await read('urlhaus-csv', urlhaus), bad, 'URLhaus, with its columns in a comment');
  t.strictSame(
    await read('urlhaus-csv', urlhaus.replaceAll('\n', '\r\n').replace(/^#.*\r\n/gm, '')),
    bad,
    'without',
  );
  t.strictSame(
    await read('urlhaus-csv', 'link,url\nhttps://about.example/1,http://evil.example/b\n'),
    hashes(url('evil.example/b'), host('evil.example')),
    'the column url, where it is named',
  );
  t.strictSame(
    await read(
      'url-list',
      '\ufeff# list\nhttps://evil.example/a\n\n  http://evil.example/a/ \nhttp://evil.example/b x',
    ),
    hashes(url('evil.example/a'), url('evil.example/b'), host('evil.example')),
  );
  t.strictSame(
    await read(
      'domain-list',
      `! Title\n[Adblock Plus 2.0]\nplain.example\n*.star.example\n0.0.0.0 hosts.example # why\n127.0.0.1 localhost
::1 ip6-localhost\n||ad.example^$third-party\n@@||good.example^\n0.0.0.0 one.example two.example\ngoogle.com\n`,
    ),
    hashes(...['plain', 'star', 'hosts', 'ad', 'one', 'two'].map((name) => domain(`${name}.example`))),
  );
  const sum = createHash('sha256').update('x').digest('hex');
  for (const content of [
    sum.toUpperCase(),
    `${sum}  file.exe`,
    `sha256,name\n"${sum}","file"`,
    `date,${sum}`,
  ])
    t.strictSame(await read('sha256-list', content), hashes({ kind: 'sha256', value: sum }), content);
  t.strictSame(
    await read('ip-list', '198.51.100.1\n8.8.8.8 # dns\n10.0.0.1\n2A00::0001\n'),
    hashes({ kind: 'ip', value: '8.8.8.8' }, { kind: 'ip', value: '2a00::1' }),
    'no address of a private or reserved network',
  );
});

t.test('what is none of it is refused, with the reason', async (t) => {
  const page = '<!doctype html>\n<html>\n<body>\n<p>Sign in</p>\n</body>\n</html>';
  const refused: [Format, string | Buffer, RegExp][] = [
    ['url-list', '', /empty/],
    ['url-list', '# nothing\n\n', /empty/],
    ['domain-list', 'google.com\nmicrosoft.com\n', /empty/],
    ['url-list', page, /not of the format/],
    ['domain-list', page, /not of the format/],
    ['urlhaus-csv', page, /not of the format/],
    ['sha256-list', 'd41d8cd98f00b204e9800998ecf8427e\n', /not of the format/],
    ['ip-list', 'evil.example\n', /not of the format/],
    ['url-list', Buffer.from('http://evil.example/\0'), /no text/],
    ['url-list', 'x'.repeat(200_000), /no list/],
  ];
  for (const [format, content, message] of refused)
    await t.rejects(read(format, content, 65_536), { name: 'BadFeed', message }, `${format}: ${message}`);
});

t.test('size and number are bounded', async (t) => {
  const line = `${'# '.padEnd(1_023, 'x')}\n`;
  async function* endless() {
    for (;;) yield Buffer.from(line.repeat(64));
  }
  await t.rejects(readFeed('url-list', endless()), { message: /larger than 50 MiB/ });
  async function* many() {
    for (let at = 0; ; at++)
      yield Buffer.from(Array.from({ length: 1_000 }, (_, no) => `e${at}x${no}.example\n`).join(''));
  }
  const few = { maxBytes: 50_000_000, maxCount: 5_000 };
  await t.rejects(readFeed('domain-list', many(), few), { message: /more than 5000/ });
  const twice = ['a', 'b', 'a', 'b'].map((name) => `${name}.example\n`).join('');
  t.equal((await readFeed('domain-list', pieces(twice, 99), { ...few, maxCount: 2 })).length, 2);
  await t.rejects(readFeed('domain-list', pieces(twice, 99), { ...few, maxCount: 1 }), /more than 1 /);
});

t.test('rows of CSV come apart', async (t) => {
  t.strictSame(csvFields('a,"b, ""c""",,"d"'), ['a', 'b, "c"', '', 'd']);
  t.strictSame(csvFields(''), ['']);
  t.strictSame(csvFields('a,'), ['a', '']);
  t.strictSame(csvFields('"open, x'), ['open, x']);
});

t.test('what differs between two generations', async (t) => {
  const list = (...values: bigint[]) => BigInt64Array.from(values).sort();
  t.strictSame(difference(list(1n, 2n, 3n), list(2n, 3n, 4n)), { added: [4n], removed: [1n] });
  t.strictSame(difference(list(), list(-5n, 5n)), { added: [-5n, 5n], removed: [] });
  t.strictSame(difference(list(-1n, 7n), list()), { added: [], removed: [-1n, 7n] });
});
