import { send } from '../client.ts';
import type { Running } from '../world.ts';
import { schemasWith } from './schemas.ts';

/** What passes by itself, and counts as under way until it has. */
const passing: Record<string, string> = {
  'mails without a verdict': "select count(*) from email_scanning.messages where status <> 'scanned'",
  'mails to be scanned again': 'select count(*) from email_scanning.pending_rescans',
  'imports of mail': "select count(*) from email_scanning.imports where status in ('queued', 'running')",
  'receipts that stock does not have yet':
    "select count(*) from purchasing.receipts where stock_posting = 'pending'",
  'receipts on their way back': "select count(*) from purchasing.receipts where status = 'reversing'",
  'mails to suppliers': "select count(*) from purchasing.order_mails where status = 'queued'",
  'mails to users': "select count(*) from identity.account_mails where status = 'queued'",
  'requests for new passwords': 'select count(*) from identity.password_reset_requests',
  'imports of goods': "select count(*) from inventory.imports where status in ('queued', 'running')",
  'exports of goods': "select count(*) from inventory.exports where status in ('queued', 'running')",
  'reservations past their time':
    "select count(*) from inventory.reservations where status = 'open' and expires_at < now()",
};

/** Everything that is still under way, by what it is; nothing of it when all is quiet. */
export async function openWork(world: Running): Promise<Map<string, number>> {
  const counts: Record<string, string> = { ...passing };
  for (const schema of await schemasWith(world, 'outbox'))
    counts[`events in the outbox of ${schema}`] =
      `select count(*) from ${schema}.outbox where published_at is null`;
  const sql = Object.entries(counts).map(([what, count]) => `select '${what}' as what, (${count})::int as n`);
  const rows = await world.postgres.query<{ what: string; n: number }>(sql.join(' union all '));
  const open = new Map(rows.map(({ what, n }) => [what, n] as const));
  for (const [what, n] of await queued(world)) open.set(what, n);
  for (const schema of await republishing(world)) open.set(`events of ${schema} to be published again`, 1);
  return new Map([...open].filter(([, n]) => n > 0));
}

/** Schemas whose relay has not yet published again what an emptied or restarted Redis may have lost. */
async function republishing(world: Running): Promise<string[]> {
  const { postgres, redis } = world;
  if (!redis) return [];
  const schemas = await schemasWith(world, 'relay_state');
  const runId = /run_id:([0-9a-f]+)/.exec(String(await redis.command('INFO', 'server')))?.[1];
  const behind = await Promise.all(
    schemas.map(async (schema) => {
      const [state] = await postgres.query<{ marker: string; run_id: string }>(
        `select marker, run_id from ${schema}.relay_state`,
      );
      const marker = await redis.command('GET', `{stockade}:relay:${schema}`);
      return state?.run_id === runId && state?.marker === marker ? [] : [schema];
    }),
  );
  return behind.flat();
}

async function queued({ stack }: Running): Promise<[string, number][]> {
  const { url, credentials } = stack;
  const answer = await send(
    `${url}/v1/admin/queues`,
    'GET',
    { authorization: `Bearer ${credentials.operatorKey}` },
    undefined,
  );
  if (answer.status !== 200) throw new Error(`The queues cannot be asked: ${answer.status}`);
  return answer.body.data.map(
    ({ name, waiting, active, delayed }: Record<string, number> & { name: string }) => [
      `jobs in the queue ${name}`,
      Number(waiting) + Number(active) + Number(delayed),
    ],
  );
}
