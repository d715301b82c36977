import { newId } from '@stockade/database';
import pg from 'pg';
import type { Goods } from './goods.ts';
import { load, type Sample } from './load.ts';

const nil = '00000000-0000-0000-0000-000000000000';
const connections = 16;

interface Reference {
  databaseUrl: string;
  /** Whose role the statements run as: row-level security applies to it. */
  role: string;
  tenantId: string;
  goods: Goods;
}

/** The statements of one single movement, as the service sends them, as plain SQL. */
async function issueOne(
  client: pg.ClientBase,
  { tenantId, goods }: Reference,
  itemId: string,
): Promise<boolean> {
  const id = newId();
  await client.query('begin');
  await client.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
  const locked = await client.query('select lock_for_posting($1, $2, $3, $4, $5, $6) as goods', [
    ...[tenantId, [newId()], [itemId], [goods.siteId], [nil], [nil]],
  ]);
  const now = new Date();
  const movement = {
    ...{ id, type: 'ISSUE', item_id: itemId, site_id: goods.siteId, quantity: '1', occurred_at: now },
    ...{ location_id: null, lot_id: null, to_site_id: null, to_location_id: null, reason: null },
    ...{ reference: null, actor: { type: 'user', id: 'bench', name: 'bench' } },
  };
  const entry = {
    ...{ no: 0, balance_id: locked.rows[0].goods.balances[0].id, movement_id: id, line: 0, quantity: '-1' },
    occurred_at: now,
  };
  await client.query('select write_postings($1, $2::jsonb, $3::jsonb, $4::uuid[])', [
    ...[tenantId, JSON.stringify([movement]), JSON.stringify([entry]), []],
  ]);
  const event = { tenant_id: tenantId, id: newId(), type: 'bench', aggregate_id: id, aggregate_version: 0 };
  // A type that nothing consumes: what comes after the commit is not part of the transaction that is compared.
  await client.query(
    `insert into outbox (tenant_id, id, type, aggregate_id, aggregate_version, payload, published_at)
      select tenant_id, id, type, aggregate_id, aggregate_version, payload, now() from jsonb_to_recordset($1::jsonb)
        as r(tenant_id uuid, id uuid, type text, aggregate_id text, aggregate_version integer, payload jsonb)`,
    [JSON.stringify([{ ...event, payload: { ...event, changes: movement } }])],
  );
  await client.query('commit');
  return true;
}

/** Raw `pg`, 16 connections, nothing else between: the transactions a second that the database gives. */
export async function measureReference(
  reference: Reference,
  seconds: number,
  pick: (worker: number, round: number) => string,
): Promise<Sample> {
  const pool = Array.from(
    { length: connections },
    () => new pg.Client({ connectionString: reference.databaseUrl, application_name: 'bench-reference' }),
  );
  await Promise.all(
    pool.map(async (client) => {
      await client.connect();
      await client.query(`set role "${reference.role}"`);
      await client.query('set search_path to inventory, public');
    }),
  );
  const sample = await load({ workers: connections, seconds }, (worker, round) =>
    issueOne(pool[worker] as pg.Client, reference, pick(worker, round)),
  );
  await Promise.all(pool.map((client) => client.end()));
  return sample;
}
