import type { Stack } from '@stockade/testing/stack';
import pg from 'pg';
import { printTable, type Result, whole } from '../../scripts/bench/table.ts';
import { type Arrived, arrive, type Goods } from './arrivals.ts';

interface Parts {
  stack: Stack;
  databaseUrl: string;
  isShort: boolean;
}

const out = (text: string) => process.stdout.write(`${text}\n`);
const ms = (value: number) => `${whole(value)} ms`;

async function makeGoods({ url, credentials }: Stack): Promise<Goods> {
  const post = async (path: string, body: object): Promise<string> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${credentials.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await answer.json()) as { id: string }).id;
  };
  return {
    site: await post('/v1/inventory/sites', { code: 'OVERLOAD', name: 'Overload' }),
    item: await post('/v1/inventory/items', { sku: 'OVERLOAD', name: 'Overload', unit: 'each' }),
  };
}

/** What it can do: how many calls a second it answers when more and more come, until some have to be refused. */
async function findMax({ stack, isShort }: Parts, goods: Goods): Promise<number> {
  const seconds = isShort ? 6 : 12;
  // Connections are opened and code is compiled before anything is measured.
  await arrive(stack, goods, { rate: 100, seconds });
  for (let rate = 300; ; rate = Math.round(rate * 1.5)) {
    const found = await arrive(stack, goods, { rate, seconds });
    const answered = Math.round(found.accepted / seconds);
    out(
      `  ${whole(rate)} a second: ${whole(answered)} answered, p95 ${ms(found.p95)}, shed ${whole(found.shed)}`,
    );
    if (found.shed + found.dropped > 0 || rate > 20_000) return answered;
  }
}

/** How much more memory a process has at the end than once it had settled, as a share. */
function growth(samples: readonly number[]): number {
  const part = Math.floor(samples.length / 4);
  const median = (some: readonly number[]) =>
    [...some].sort((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
  const settled = median(samples.slice(part, 2 * part));
  return settled === 0 ? 0 : median(samples.slice(-part)) / settled - 1;
}

async function movementsStored(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client
    .query('select count(*)::int as n from inventory.movements')
    .finally(() => client.end());
  return rows[0].n;
}

/** Half as much again as it can do. What is too much is told so at once, with when to come again; nothing is lost. */
export async function overload(parts: Parts): Promise<boolean> {
  const { stack, databaseUrl, isShort } = parts;
  const goods = await makeGoods(stack);
  const max = await findMax(parts, goods);
  const rate = Math.round(max * 1.5);
  const before = await movementsStored(databaseUrl);
  const found = await arrive(stack, goods, {
    ...{ rate, seconds: isShort ? 20 : 60 },
    ...{ calmRate: Math.round(max * 0.5), calmSeconds: isShort ? 15 : 20 },
  });
  const goals = judge(found, (await movementsStored(databaseUrl)) - before);
  printTable(`150% of ${whole(max)} calls a second, then 50%`, ['value'], goals);
  return goals.every(({ passed }) => passed !== false);
}

function judge(found: Arrived, stored: number): Result[] {
  const grown = [...found.memory].map(([name, samples]) => ({ name, samples, share: growth(samples) }));
  const worst = grown.sort((a, b) => b.share - a.share)[0];
  return [
    {
      what: 'accepted, shed',
      cells: { value: `${whole(found.accepted)}, ${whole(found.shed)}` },
      goal: 'some shed',
      passed: found.shed > 0,
    },
    { what: 'p95 of accepted, of shed', cells: { value: `${ms(found.p95)}, ${ms(found.shedP95)}` } },
    {
      what: 'shed without Retry-After; failed otherwise',
      cells: { value: `${found.shedWithoutRetryAfter}; ${found.failed}` },
      goal: '0; 0',
      passed: found.shedWithoutRetryAfter + found.failed === 0,
    },
    {
      what: 'movements acknowledged = stored',
      cells: { value: `${whole(found.movements)} = ${whole(stored)}` },
      goal: 'equal',
      passed: found.movements === stored,
    },
    {
      what: 'memory: most grown, from the second quarter to the last',
      cells: {
        value: `${worst?.name} ${whole((worst?.share ?? 0) * 100)}%, ${whole(worst?.samples.at(-1) ?? 0)} MB`,
      },
      goal: '≤ 25%',
      passed: (worst?.share ?? 1) <= 0.25,
    },
    {
      what: '10 s later: refused or failed; p95',
      cells: { value: `${found.lateFailures}; ${ms(found.lateP95)}` },
      goal: '0; ≤ 500 ms',
      passed: found.lateFailures === 0 && found.lateP95 > 0 && found.lateP95 <= 500,
    },
  ];
}
