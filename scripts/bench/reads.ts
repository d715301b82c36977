import { principalHeader } from '@stockade/contracts';
import { roleNames } from '@stockade/database';
import { createPrincipalSigner } from '@stockade/service-kit';
import { userPrincipal } from '@stockade/testing';
import type { Stack } from '@stockade/testing/stack';
import pg from 'pg';
import { type LedgerData, loadLedger, withoutIndexes } from './ledger-data.ts';
import { createClient, percentile } from './load.ts';
import { showPlans } from './plans.ts';
import { ms, printTable, type Result } from './table.ts';

const goals = { p99: 50, factor: 1.3 };

interface Options {
  stack: Stack;
  databaseUrl: string;
  principalPrivateKey: string;
  items: number;
  movements: { few: number; many: number };
  requests: number;
}

const some = <T>(list: readonly T[], no: number): T => list[(no * 7_919) % list.length] as T;

/** What each page is asked for, again and again with other values. */
const pages: Record<string, (data: LedgerData, no: number) => string> = {
  dashboard: () => '/v1/inventory/dashboard',
  'item search': (_, no) =>
    `/v1/inventory/items?search=${encodeURIComponent(some(['bracket bolt', `sku-0${no % 1_000}`, 'VALVE', `${4_000 + (no % 900)}`, 'um', 'pump 4'], no))}`,
  'balance list': (data, no) =>
    some(
      [
        '/v1/inventory/balances?limit=100',
        `/v1/inventory/balances?siteId=${some(data.siteIds, no)}`,
        `/v1/inventory/balances?itemId=${some(data.itemIds, no)}`,
      ],
      no,
    ),
  'movement page': (data, no) =>
    some(
      [
        '/v1/inventory/movements?limit=100',
        `/v1/inventory/movements?itemId=${some(data.itemIds, no)}`,
        `/v1/inventory/movements?siteId=${some(data.siteIds, no)}`,
        '/v1/inventory/movements?type=ADJUST',
        `/v1/inventory/movements?reference=DOC-${no % 50_000}`,
      ],
      no,
    ),
};

async function fill({
  databaseUrl,
  items,
  movements,
}: Options): Promise<{ few: LedgerData; many: LedgerData }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench-load' });
  await client.connect();
  const say = (what: string) => (text: string) => process.stdout.write(`  ${what}: ${text}\n`);
  let few: LedgerData | undefined;
  let many: LedgerData | undefined;
  await withoutIndexes(client, say('indexes'), async () => {
    few = await loadLedger(client, { items, movements: movements.few, base: 0 }, say('few'));
    many = await loadLedger(client, { items, movements: movements.many, base: movements.few }, say('many'));
  });
  await client.end();
  return { few, many } as { few: LedgerData; many: LedgerData };
}

/** The reads of a big ledger beside those of a small one, in turns, against the service itself. */
export async function benchReads(options: Options): Promise<boolean> {
  const { stack, principalPrivateKey, requests } = options;
  process.stdout.write('\nLoading by COPY\n');
  const data = await fill(options);
  const signer = createPrincipalSigner(principalPrivateKey);
  const { port } = await stack.process('inventory');
  const asker = async ({ tenantId }: LedgerData) => {
    const principal = userPrincipal(tenantId, 'owner');
    const client = createClient(`http://127.0.0.1:${port}`, {}, 1);
    return async (path: string) => {
      const token = await signer.sign(principal, 'inventory');
      const began = performance.now();
      const { status, body } = await client.send('GET', path, undefined, { [principalHeader]: token });
      if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${body}`);
      return performance.now() - began;
    };
  };
  const [askFew, askMany] = [await asker(data.few), await asker(data.many)];
  const results: Result[] = [];
  for (const [what, page] of Object.entries(pages)) {
    const times = { few: [] as number[], many: [] as number[] };
    for (let no = 0; no < requests + 20; no++) {
      const [few, many] = [await askFew(page(data.few, no)), await askMany(page(data.many, no))];
      if (no < 20) continue;
      times.few.push(few);
      times.many.push(many);
    }
    results.push(compare(what, times));
  }
  printTable(
    `Reads inside the service: ${options.items.toLocaleString('en')} items; ${options.movements.few.toLocaleString('en')} and ${options.movements.many.toLocaleString('en')} movements, in turns`,
    ['p50 few', 'p50 many', 'p99 few', 'p99 many', 'mean many / few'],
    results,
  );
  await showPlans(options.databaseUrl, roleNames('inventory').app, data.many);
  return results.every(({ passed }) => passed);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function compare(what: string, { few, many }: { few: number[]; many: number[] }): Result {
  const [a, b] = [few.toSorted((x, y) => x - y), many.toSorted((x, y) => x - y)];
  const factor = mean(many) / mean(few);
  return {
    what,
    cells: {
      ...{ 'p50 few': ms(percentile(a, 0.5)), 'p50 many': ms(percentile(b, 0.5)) },
      ...{ 'p99 few': ms(percentile(a, 0.99)), 'p99 many': ms(percentile(b, 0.99)) },
      'mean many / few': factor.toFixed(2),
    },
    goal: `p99 ≤ ${goals.p99} ms, ≤ ${goals.factor} ×`,
    passed: percentile(b, 0.99) <= goals.p99 && factor <= goals.factor,
  };
}
