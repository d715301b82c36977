import { setTimeout as delay } from 'node:timers/promises';
import { platformTenantId } from '@stockade/contracts';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { startSharedStack } from './setup.ts';

t.test('a gateway that is killed: what its outbox took is in the audit once', async (t) => {
  const stack = await startSharedStack(t);
  const stored = () =>
    stack.query(`select e->>'id' as id, e->'payload'->>'action' as action, e->'payload'->>'ip' as ip from gateway.outbox,
      jsonb_array_elements(case jsonb_typeof(payload) when 'array' then payload else jsonb_build_array(payload) end) as e`);
  let written = 0;
  for (let death = 1; death <= 3; death++) {
    const flood = Array.from({ length: 40 }, async (_, n) => {
      await delay(n * 10);
      return fetch(`${stack.url}/v1/inventory/sites`, {
        headers: { authorization: `Bearer stk_live_wrong${n}` },
      }).catch(() => null);
    });
    await eventually('some are in the outbox', async () => (await stored()).length > written);
    await stack.killAndWait('gateway');
    await Promise.all(flood);
    written = (await stored()).length;
  }
  const ids = async () => (await stored()).map(({ id }) => id as string).sort();
  await eventually('all of them are published', async () => {
    const waiting = await stack.query('select 1 from gateway.outbox where published_at is null');
    return waiting.length === 0;
  });
  const recorded = () =>
    stack.query(
      `select id::text from audit.entries where tenant_id = '${platformTenantId}' and action like 'gateway.%'`,
    );
  await eventually('all of them are recorded', async () => (await recorded()).length >= (await ids()).length);
  t.strictSame((await recorded()).map(({ id }) => id as string).sort(), await ids());
  t.ok(written >= 3);
});
