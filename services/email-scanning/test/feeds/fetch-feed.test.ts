import { gzipSync } from 'node:zlib';
import { isPublicAddress } from '@stockade/service-kit/public-addresses';
import t from 'tap';
import { type FetchOptions, fetchFeed } from '../../src/feeds/fetch-feed.ts';
import { readFeed } from '../../src/feeds/read-feed.ts';
import { startFeedServer, status, text } from './feed-server.ts';

const list = 'http://evil.example/a\nhttp://evil.example/b\n';
const known = { etag: null, lastModified: null };

t.test('a feed is fetched', async (t) => {
  const server = await startFeedServer(t);
  const fetch = (options: Partial<FetchOptions> = {}, marks = known, url = server.url) =>
    fetchFeed({ url, ...marks }, { allowPrivate: true, ...options }, async ({ body, ...marks }) => ({
      indicators: (await readFeed('url-list', body)).length,
      marks,
    }));

  t.test('with its marks, and not again while it has not changed', async (t) => {
    server.answer = text(list, '"v1"');
    t.strictSame(await fetch(), { indicators: 3, marks: { etag: '"v1"', lastModified: null } });
    t.equal(await fetch({}, { etag: '"v1"', lastModified: 'Fri, 20 Nov 2026 10:00:00 GMT' } as never), null);
    t.equal(server.requests.at(-1)?.headers['if-modified-since'], 'Fri, 20 Nov 2026 10:00:00 GMT');
  });

  t.test('compressed, and after redirects', async (t) => {
    server.answer = (request, response) => {
      const left = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0);
      if (left > 0) response.writeHead(302, { location: `/hop/${left - 1}` }).end('moved');
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(list));
    };
    const at = (hops: number) => fetch({}, known, server.url.replace('/feed', `/hop/${hops}`));
    t.match(await at(5), { indicators: 3 });
    await t.rejects(at(6), { message: /redirected more than 5 times/ });
  });

  t.test('or it is said why not', async (t) => {
    const refuses = async (
      answer: typeof server.answer,
      message: RegExp,
      options: Partial<FetchOptions> = {},
    ) => {
      server.answer = answer;
      await t.rejects(fetch(options), { name: 'BadFeed', message }, String(message));
    };
    await refuses(status(500), /answer was 500/);
    await refuses(status(404), /answer was 404/);
    await refuses(status(204), /answer was 204/);
    await refuses(status(200, { 'content-type': 'text/html; charset=utf-8' }), /web page/);
    await refuses(status(302, { location: 'file:///etc/passwd' }), /no http or https/);
    await refuses(status(200, { 'content-encoding': 'br' }), /compressed in a way/);
    await refuses((request) => request.socket.destroy(), /could not be fetched/);
    await refuses((_request, response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.write(list, () => response.destroy());
    }, /could not be fetched/);
    await refuses((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(list).subarray(0, 20));
    }, /could not be fetched/);
    await refuses(() => {}, /took too long/, { timeoutMs: 100 });
    await refuses(
      (_request, response) => {
        const drip = setInterval(() => response.write('# slow\n'), 10);
        response.on('close', () => clearInterval(drip));
      },
      /took too long/,
      { timeoutMs: 200 },
    );
    await refuses((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write('# '.padEnd(8_191, 'x').concat('\n')));
        response.once('drain', more);
      };
      more();
    }, /larger than 50 MiB/);
    await refuses((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('#\n'.repeat(40_000_000)));
    }, /larger than 50 MiB/);
  });

  t.test('but never from a private network', async (t) => {
    server.answer = text(list);
    const { port } = new URL(server.url);
    const requests = server.requests.length;
    const inside = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '0'];
    for (const host of inside)
      await t.rejects(
        fetch({ allowPrivate: false }, known, `http://${host}:${port}/feed`),
        { message: /private network/ },
        host,
      );
    t.equal(server.requests.length, requests, 'nobody was asked');
  });

  t.test('and a stop ends it', async (t) => {
    server.answer = () => {};
    const stop = new AbortController();
    const fetching = fetch({ signal: stop.signal });
    stop.abort();
    await t.rejects(fetching);
  });
});

t.test('addresses of the public internet are told from others', async (t) => {
  for (const address of ['8.8.8.8', '193.0.6.139', '2a00:1450:4001::1', '2606:4700::1111'])
    t.ok(isPublicAddress(address), address);
  const special = [
    ...['10.0.0.1', '127.1.2.3', '169.254.169.254', '172.31.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:10.0.0.1'],
    ...['64:ff9b::a00:1', '2002:a00:1::', '2001:0:1::', 'not an address', ''],
  ];
  for (const address of special) t.notOk(isPublicAddress(address), address);
});
