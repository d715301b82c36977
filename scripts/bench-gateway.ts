// `npm run bench:gateway`: what one gateway carries with everything on (API key, scopes, limits, traces at 1%, logs), side
// by side with nginx, Caddy and a bare @fastify/http-proxy in front of the same upstream; how long it makes answers; and
// what two gateways on one Redis carry. Needs nginx, caddy, wrk, k6, jaeger and redis-server. Exits with 1 when a goal is
// missed. `--short`: short runs, only to see that it works.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { freePort } from '@stockade/database/embedded';
import { startRedis } from '@stockade/testing/redis';
import { latency, type Target, throughput } from './bench/gateway/clients.ts';
import { type Closers, serve, serveNginx } from './bench/gateway/programs.ts';
import { startStockade } from './bench/gateway/stockade.ts';
import { ms, printTable, type Result, whole } from './bench/table.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '12' },
  },
});
const seconds = values.short ? 1 : Number(values.seconds);
const rounds = values.short ? 1 : Number(values.rounds);
const path = '/v1/inventory/items?limit=3';

/** Three items as inventory answers them. */
const items = Array.from({ length: 3 }, (_, no) => ({
  id: `019ab000-0000-7000-8000-00000000000${no}`,
  sku: `BOLT-M8-${no}`,
  ...{ name: 'Hexagon bolt M8 x 40, zinc plated', unit: 'each', description: null, barcode: '4006381333931' },
  ...{ reorderPoint: '250', reorderQuantity: '1000', allowNegative: false, lotTracked: false, version: 1 },
  ...{ createdAt: '2026-01-01T08:00:00.000Z', updatedAt: '2026-01-01T08:00:00.000Z' },
}));
const answer = JSON.stringify({ data: items, nextCursor: null });

const closers: Closers = [];
const teardown = { teardown: (close: () => unknown) => void closers.unshift(close) };
const say = (text: string) => process.stderr.write(`${styleText('dim', text)}\n`);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const met: boolean[] = [];
try {
  const home = await mkdtemp(join(tmpdir(), 'stockade-bench-gateway-'));
  closers.unshift(() => rm(home, { recursive: true, force: true }));
  say('starting the upstream, the proxies and Stockade …');
  const upstream = await serveNginx(
    {
      folder: join(home, 'upstream'),
      port: await freePort(),
      server: `location / { default_type application/json; add_header etag '"1"'; return 200 '${answer}'; }`,
    },
    path,
    closers,
  );
  const nginx = await serveNginx(
    {
      folder: join(home, 'nginx'),
      port: await freePort(),
      http: `upstream up { server ${new URL(upstream).host}; keepalive 128; }`,
      server: 'location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header connection ""; }',
    },
    path,
    closers,
  );
  const caddyPort = await freePort();
  const caddy = `http://127.0.0.1:${caddyPort}`;
  await serve(
    {
      command: 'caddy',
      args: ['reverse-proxy', '--from', `:${caddyPort}`, '--to', new URL(upstream).host],
      folder: join(home, 'caddy'),
      env: { ...process.env, HOME: home, GOMAXPROCS: '1' },
    },
    `${caddy}${path}`,
    closers,
  );
  const barePort = await freePort();
  const bare = `http://127.0.0.1:${barePort}`;
  await serve(
    {
      command: process.execPath,
      args: [join(import.meta.dirname, 'bench/gateway/bare-proxy.ts'), String(barePort), upstream],
      folder: join(home, 'bare'),
    },
    `${bare}${path}`,
    closers,
  );
  const stockade = await startStockade(path, closers);
  const gateway = await stockade.addGateway({
    folder: join(home, 'gateway'),
    port: await freePort(),
    upstream,
  });
  const headers = { authorization: `Bearer ${stockade.apiKey}` };
  const target = (name: string, url: string): Target => ({ name, url: `${url}${path}`, headers });
  const all = {
    upstream: target('the upstream alone', upstream),
    nginx: target('nginx', nginx),
    caddy: target('Caddy', caddy),
    bare: target('@fastify/http-proxy, bare', bare),
    gateway: target('Stockade, everything on', gateway),
  };
  met.push(await compareThroughput(all));
  met.push(await compareLatency(all));
  met.push(await compareTwo());

  async function compareTwo(): Promise<boolean> {
    const redis = await startRedis(teardown);
    const env = { REDIS_URL: redis.url };
    const two: string[] = [];
    for (const name of ['first', 'second'])
      two.push(
        await stockade.addGateway({ folder: join(home, name), port: await freePort(), upstream, env }),
      );
    const behind = async (name: string, gateways: string[]) =>
      target(
        name,
        await serveNginx(
          {
            folder: join(home, name.replaceAll(' ', '-')),
            port: await freePort(),
            http: `upstream up { ${gateways.map((url) => `server ${new URL(url).host};`).join(' ')} keepalive 128; }`,
            server:
              'location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header connection ""; proxy_set_header authorization $http_authorization; }',
          },
          '/health/live',
          closers,
        ),
      );
    const rates = await inRounds({
      one: await behind('one behind nginx', two.slice(0, 1)),
      two: await behind('two behind nginx', two),
    });
    const cores = availableParallelism();
    const ratio = rates.share('two', 'one');
    // One gateway fills a core, and nginx, Redis, the upstream and wrk need some as well.
    const passed = ratio >= 1.6 || cores < 4 ? ratio >= 1.6 || undefined : false;
    printTable(
      `Two gateways on one Redis (${cores} cores)`,
      ['requests/s', 'of one'],
      [
        { what: 'one behind nginx', cells: { 'requests/s': whole(rates.of('one')) } },
        {
          what: 'two behind nginx',
          cells: { 'requests/s': whole(rates.of('two')), 'of one': ratio.toFixed(2) },
          passed,
          goal: cores < 4 ? '≥ 1.6 where there are four cores' : '≥ 1.6',
        },
      ],
    );
    return passed !== false;
  }
} finally {
  for (const close of closers) await close();
}
process.exitCode = values.short || met.every(Boolean) ? 0 : 1;

interface Rates<Name extends string> {
  /** Requests a second, the median of the rounds. */
  of(name: Name): number;
  /** How much of what `other` did in the same round, the median of the rounds: what slows the machine down for a while hits both. */
  share(name: Name, other: Name): number;
}

/** Each in its turn, round after round. */
async function inRounds<Name extends string>(targets: Record<Name, Target>): Promise<Rates<Name>> {
  const names = Object.keys(targets) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await throughput(targets[name], Math.min(3, seconds));
  for (let round = 1; round <= rounds; round++) {
    say(`throughput, round ${round} of ${rounds} …`);
    for (const name of names) rates[name].push(await throughput(targets[name], seconds));
  }
  return {
    of: (name) => median(rates[name]),
    share: (name, other) => median(rates[name].map((rate, round) => rate / (rates[other][round] as number))),
  };
}

async function compareThroughput(
  targets: Record<'upstream' | 'nginx' | 'caddy' | 'bare' | 'gateway', Target>,
) {
  const rates = await inRounds(targets);
  const passed = rates.share('gateway', 'bare') >= 0.8;
  const results = (Object.keys(targets) as (keyof typeof targets)[]).map((name): Result => {
    const cells = { 'requests/s': whole(rates.of(name)), 'of bare': rates.share(name, 'bare').toFixed(2) };
    const isOurs = name === 'gateway';
    return {
      what: targets[name].name,
      cells,
      passed: isOurs ? passed : undefined,
      goal: isOurs ? '≥ 0.80' : undefined,
    };
  });
  printTable('Throughput of one process, 32 connections', ['requests/s', 'of bare'], results);
  return passed;
}

async function compareLatency(targets: Record<'upstream' | 'bare' | 'gateway', Target>): Promise<boolean> {
  say('latency at 500 requests a second …');
  const runs: Record<'upstream' | 'bare' | 'gateway', { p50: number[]; p99: number[] }> = {
    upstream: { p50: [], p99: [] },
    bare: { p50: [], p99: [] },
    gateway: { p50: [], p99: [] },
  };
  for (let round = 0; round < Math.min(3, rounds); round++) {
    for (const name of ['upstream', 'bare', 'gateway'] as const) {
      const { p50, p99, failed } = await latency(targets[name], 500, seconds);
      if (failed > 0) throw new Error(`${targets[name].name} failed ${failed} calls`);
      runs[name].p50.push(p50);
      runs[name].p99.push(p99);
    }
  }
  const p50 = (name: keyof typeof runs) => median(runs[name].p50);
  const p99 = (name: keyof typeof runs) => median(runs[name].p99);
  const added = p50('gateway') - p50('upstream');
  const passed = added <= 1 && p99('gateway') <= 5;
  printTable(
    'Latency at 500 requests/s',
    ['p50', 'added', 'p99'],
    (['upstream', 'bare', 'gateway'] as const).map((name) => ({
      what: targets[name].name,
      cells: {
        p50: `${p50(name).toFixed(2)} ms`,
        added: name === 'upstream' ? '' : `${(p50(name) - p50('upstream')).toFixed(2)} ms`,
        p99: ms(p99(name)),
      },
      passed: name === 'gateway' ? passed : undefined,
      goal: name === 'gateway' ? 'p50 + ≤ 1 ms, p99 ≤ 5 ms' : undefined,
    })),
  );
  return passed;
}
