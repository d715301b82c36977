import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import pg from 'pg';
import t from 'tap';
import { type Between, tellStory } from '../demo/story.ts';
import { databaseUrl } from '../laws/database-url.ts';
import { expectFinalState } from './final-state.ts';

const processes = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit', 'gateway'];

/**
 * A mail waits for news of its order for a second and a half, and a dead purchasing cannot send any, nor a scanner that just
 * starts take them: then the mail is judged without. So the news are there before the mail comes; whether each survives its
 * process is what is tested.
 */
async function ordersAreKnown(stack: Stack) {
  const client = new pg.Client(stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home })));
  await client.connect();
  try {
    await eventually('the scanner knows of the orders, the suppliers and their accounts', async () => {
      const { rows } = await client.query(`
        select (select count(*) from purchasing.purchase_orders o left join email_scanning.orders c using (tenant_id, id)
                where c.status is distinct from o.status)
             + (select count(*) from purchasing.suppliers s left join email_scanning.suppliers c using (tenant_id, id)
                where c.id is null)
             + (select count(*) from purchasing.bank_accounts b left join email_scanning.bank_accounts c using (tenant_id, id)
                where c.status is distinct from b.status) as missing`);
      return Number(rows[0].missing) === 0;
    });
  } finally {
    await client.end();
  }
}

t.test('any process may die during the story: it ends in the same state', async (t) => {
  const stack = await startStack(t);
  for (const name of processes) {
    await t.test(name, async (t) => {
      const deaths: Promise<void>[] = [];
      let killed = 0;
      // Killed a moment after each chapter began, so that it dies in the midst of it.
      const between: Between = async (step) => {
        await Promise.all(deaths);
        // The file still names the dead one until the launcher has noticed.
        const { pid } = await eventually('another one runs', async () => {
          const found = await stack.process(name).catch(() => null);
          return found && found.pid !== killed && found;
        });
        if (step === 'mail') await ordersAreKnown(stack);
        killed = pid;
        deaths.push(
          delay(20 + Math.random() * 120).then(() => {
            process.kill(pid, 'SIGKILL');
          }),
        );
      };
      const outcome = await tellStory(stack.credentials, (title) => t.pass(title), between);
      await Promise.all(deaths);
      t.equal(deaths.length, 4, 'it was killed in each chapter');
      await expectFinalState(t, outcome);
    });
  }
});
