import { roleNames } from '@stockade/database';
import type { Stack } from '@stockade/testing/stack';
import pg from 'pg';
import { stockGoods } from './goods.ts';
import { createClient, load, type Sample } from './load.ts';
import { measureReference } from './reference.ts';
import { ms, printTable, type Result, whole } from './table.ts';

const goals = { share: 0.35, singles: 1_000, batches: 10_000, hot: 400 };
const spread = 5_000;

interface Options {
  stack: Stack;
  databaseUrl: string;
  seconds: number;
}

const columns = ['per second', 'p50', 'p99', 'failed'];
const cells = (sample: Sample) => ({
  'per second': whole(sample.rate),
  p50: ms(sample.p50),
  p99: ms(sample.p99),
  failed: String(sample.failed),
});

/** Singles, batches and one hot item through the gateway, beside the same SQL by raw `pg`. Gives whether all goals are met. */
export async function benchWrites({ stack, databaseUrl, seconds }: Options): Promise<boolean> {
  const { tenantId, apiKey } = stack.credentials;
  const admin = new pg.Client(databaseUrl);
  await admin.connect();
  const goods = await stockGoods(admin, tenantId, spread);
  const reference = { databaseUrl, role: roleNames('inventory').app, tenantId, goods };
  const client = createClient(stack.url, { authorization: `Bearer ${apiKey}` }, 64);
  const issue = (itemId: string) => ({ type: 'ISSUE', itemId, siteId: goods.siteId, quantity: '1' });
  const any = (worker: number, round: number) =>
    goods.itemIds[(worker * 7_919 + round * 104_729) % spread] as string;
  const hot = goods.itemIds[0] as string;
  const post = async (body: object, path = '/v1/inventory/movements') =>
    (await client.send('POST', path, body)).status === 201;
  const batch = (worker: number, round: number) => ({
    movements: Array.from({ length: 100 }, (_, no) => issue(any(worker, round * 100 + no))),
  });

  await load({ workers: 16, seconds: 2 }, (worker, round) => post(issue(any(worker, round))));
  const raw = await measureReference(reference, seconds, any);
  const singles = await load({ workers: 32, seconds }, (worker, round) => post(issue(any(worker, round))));
  const rawAgain = await measureReference(reference, seconds, any);
  const batches = await load({ workers: 8, seconds, weight: 100 }, (worker, round) =>
    post(batch(worker, round), '/v1/inventory/movements/batch'),
  );
  const rawHot = await measureReference(reference, seconds, () => hot);
  const hotItem = await load({ workers: 32, seconds }, () => post(issue(hot)));
  client.close();
  await admin.end();

  const referenceRate = (raw.rate + rawAgain.rate) / 2;
  const share = singles.rate / referenceRate;
  const results: Result[] = [
    { what: 'reference: the SQL of single movements, raw pg, 16 connections', cells: cells(raw) },
    { what: 'the same again, after the singles', cells: cells(rawAgain) },
    {
      what: 'single movements through the gateway',
      cells: cells(singles),
      goal: `≥ ${whole(goals.singles)}/s`,
      passed: singles.rate >= goals.singles && singles.failed === 0,
    },
    {
      what: 'their share of the reference',
      cells: { 'per second': share.toFixed(2) },
      goal: `≥ ${goals.share}`,
      passed: share >= goals.share,
    },
    {
      what: 'movements in batches of 100 through the gateway',
      cells: cells(batches),
      goal: `≥ ${whole(goals.batches)}/s`,
      passed: batches.rate >= goals.batches && batches.failed === 0,
    },
    { what: 'reference: one hot item, raw pg, 16 connections', cells: cells(rawHot) },
    {
      what: 'one hot item through the gateway',
      cells: cells(hotItem),
      goal: `≥ ${goals.hot}/s, none failed`,
      passed: hotItem.rate >= goals.hot && hotItem.failed === 0,
    },
  ];
  printTable('Movements a second', columns, results);
  return results.every(({ passed }) => passed !== false);
}
