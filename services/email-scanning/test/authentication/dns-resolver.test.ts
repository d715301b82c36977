import t from 'tap';
import { dnsResolver } from '../../src/authentication/index.ts';
import { startDnsServer } from './dns-server.ts';

t.test('asks once, and remembers what there is and what there is not', async (t) => {
  const server = await startDnsServer({
    txt: { 'shop.example': 'v=spf1 -all', 'long.example': 'x'.repeat(600) },
  });
  let now = 1_000;
  const resolver = dnsResolver({ servers: [server.address], now: () => now });
  t.teardown(async () => {
    resolver.close();
    await server.close();
  });
  const [one, two] = await Promise.all([
    resolver.resolve('shop.example', 'TXT'),
    resolver.resolve('Shop.example', 'TXT'),
  ]);
  t.strictSame(one, [['v=spf1 -all']]);
  t.strictSame(two, one);
  t.equal(server.asked.length, 1);
  t.equal(((await resolver.resolve('long.example', 'TXT')) as string[][])[0]?.join('').length, 600);
  await t.rejects(resolver.resolve('nothing.example', 'TXT'), { code: 'ENOTFOUND' });
  await t.rejects(resolver.resolve('nothing.example', 'TXT'), { code: 'ENOTFOUND' });
  t.equal(server.asked.length, 3);
  now += 61_000;
  await t.rejects(resolver.resolve('nothing.example', 'TXT'), { code: 'ENOTFOUND' });
  t.equal(server.asked.length, 4, 'absence is kept a minute');
  await resolver.resolve('shop.example', 'TXT');
  t.equal(server.asked.length, 4, 'an answer for five');
  now += 300_000;
  await resolver.resolve('shop.example', 'TXT');
  t.equal(server.asked.length, 5);
});

t.test('one domain that does not answer is no outage; many in a row are', async (t) => {
  const server = await startDnsServer({
    txt: { 'shop.example': 'here' },
    silent: (name) => name.includes('silent'),
  });
  let now = 1_000;
  const resolver = dnsResolver({
    servers: [server.address],
    timeoutMs: 100,
    outageMs: 30_000,
    now: () => now,
  });
  t.teardown(async () => {
    resolver.close();
    await server.close();
  });
  const fails = (name: string) => t.rejects(resolver.resolve(name, 'TXT'), { code: 'ETIMEOUT' });
  const started = performance.now();
  for (const part of ['a', 'b', 'c', 'd', 'e', 'f']) await fails(`${part}.silent.example`);
  t.equal(resolver.out, false, 'one registered domain, however many names');
  await resolver.resolve('shop.example', 'TXT');
  for (const number of [1, 2, 3, 4]) await fails(`silent-${number}.com`);
  t.equal(resolver.out, false);
  await fails('silent-5.com');
  t.equal(resolver.out, true);
  t.ok(performance.now() - started < 6_000);
  const asked = server.asked.length;
  await fails('elsewhere.example');
  t.equal(server.asked.length, asked, 'nobody is asked during an outage');
  t.strictSame(
    await resolver.resolve('shop.example', 'TXT'),
    [['here']],
    'what is remembered is still known',
  );
  now += 30_001;
  t.equal(resolver.out, false);
  await t.rejects(resolver.resolve('other.example', 'TXT'), { code: 'ENOTFOUND' });
});

t.test('without any server it gives up at once', async (t) => {
  const server = await startDnsServer({ txt: {} });
  await server.close();
  const resolver = dnsResolver({ servers: [server.address], timeoutMs: 300 });
  t.teardown(() => resolver.close());
  const started = performance.now();
  await t.rejects(resolver.resolve('shop.example', 'TXT'));
  t.ok(performance.now() - started < 1_500);
});
