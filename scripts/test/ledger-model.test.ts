import { startStack } from '@stockade/testing/stack';
import fc from 'fast-check';
import pg from 'pg';
import t from 'tap';
import { checkLaws } from '../laws/check.ts';
import { databaseUrl } from '../laws/database-url.ts';
import { Clerk, command, Model, scarceGoods } from './ledger-model.ts';
import { runWarehouse } from './warehouse.ts';

const clients = Number(process.env.MODEL_CLIENTS ?? 16);
const commands = Number(process.env.MODEL_COMMANDS ?? 40);
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);

t.test(`${clients} clients do ${commands} random things each at once (MODEL_SEED=${seed})`, async (t) => {
  const stack = await startStack(t);
  const warehouse = await runWarehouse(stack.credentials);
  const model = new Model();
  const goods = await scarceGoods(warehouse, model);
  const sequences = fc.sample(fc.array(command, { minLength: commands, maxLength: commands }), {
    ...{ seed, numRuns: clients },
  });
  await Promise.all(
    sequences.map(async (sequence, at) => {
      const clerk = new Clerk(at % 2 ? warehouse.owner : warehouse.second, goods, model);
      for (const [no, one] of sequence.entries()) await clerk.run(one, no);
    }),
  );
  t.comment(JSON.stringify(model.statuses));
  const good = (model.statuses[200] ?? 0) + (model.statuses[201] ?? 0);
  t.ok(good > commands, 'much was done');
  t.ok((model.statuses[409] ?? 0) > 0, 'and much was refused');
  t.strictSame(
    Object.keys(model.statuses).filter((status) => !['200', '201', '409'].includes(status)),
    [],
    'nothing else was answered',
  );

  const onHand = new Map<string, number>();
  const reserved = new Map<string, number>();
  for (const item of goods.items) {
    const { data } = await warehouse.owner.get(`/v1/inventory/balances?itemId=${item.id}`);
    for (const balance of data) {
      onHand.set(`${balance.itemId} ${balance.siteId}`, Number(balance.onHand));
      reserved.set(`${balance.itemId} ${balance.siteId}`, Number(balance.reserved));
    }
  }
  for (const [key, quantity] of model.onHand) t.equal(onHand.get(key), quantity, `on hand of ${key}`);
  for (const [key, quantity] of model.reserved) t.equal(reserved.get(key), quantity, `reserved of ${key}`);

  const client = new pg.Client(stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home })));
  await client.connect();
  for await (const { law, rows, holds, found } of checkLaws(client))
    t.ok(holds, `law ${law.number} on ${rows} rows ${holds ? '' : JSON.stringify(found)}`);
  const { rows: deadlocks } = await client.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  t.equal(deadlocks[0].deadlocks, 0, 'no deadlock');
  await client.end();
});
