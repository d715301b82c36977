import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from '@stockade/database';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** One of the tenants that are compared: with as many items, and few or many movements. */
export interface LedgerData {
  tenantId: string;
  siteIds: string[];
  itemIds: string[];
  movements: number;
}

const nil = '00000000-0000-0000-0000-000000000000';
const words = ['Bracket', 'Bolt', 'Bearing', 'Valve', 'Gasket', 'Sensor', 'Cable', 'Hinge', 'Flange', 'Pump'];
const types = ['RECEIVE', 'ISSUE', 'ISSUE', 'RECEIVE', 'ISSUE', 'ADJUST', 'CONSUME', 'PRODUCE'] as const;
const incoming = new Set(['RECEIVE', 'ADJUST', 'PRODUCE']);
const actor = '{"type": "system", "id": "bench", "name": "bench"}'.replaceAll('"', '""');
const dayMs = 86_400_000;

/** A UUIDv7 of that time, with a counter where others have chance: what is older sorts before. */
function idAt(time: number, no: number): string {
  const hex = time.toString(16).padStart(12, '0');
  const tail = no.toString(16).padStart(15, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(3, 15)}`;
}

async function copy(
  client: pg.ClientBase,
  table: string,
  columns: string,
  rows: Iterable<string>,
): Promise<void> {
  const target = client.query(
    copyFrom(`copy inventory.${table} (${columns}) from stdin with (format csv, null '')`),
  );
  await pipeline(Readable.from(inBlocks(rows)), target);
}

/** Rows by the megabyte: a stream of single rows would be the slowest part. */
function* inBlocks(rows: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const row of rows) {
    block.push(row);
    if (block.length < 5_000) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}

function* range<T>(count: number, make: (no: number) => T): Generator<T> {
  for (let no = 0; no < count; no++) yield make(no);
}

interface Plan extends LedgerData {
  items: number;
}

/** Item by item a line of movements, all within the last two years, the newest today. */
class Movements {
  readonly #plan: Plan;
  readonly #start = Date.now() - 730 * dayMs;
  readonly #step: number;
  readonly #base: number;

  constructor(plan: Plan, base: number) {
    this.#plan = plan;
    this.#step = (730 * dayMs) / plan.movements;
    this.#base = base;
  }

  at(no: number) {
    const { items, itemIds, siteIds } = this.#plan;
    // Each round goes through the items in another order.
    const item = (no * 7_919) % items;
    const round = Math.floor(no / items);
    const type = round === 0 ? 'RECEIVE' : (types[(item + round) % types.length] as string);
    const quantity = round === 0 ? 1_000 : 1 + ((item + round) % 5);
    const time = Math.floor(this.#start + no * this.#step);
    return {
      ...{ item, round, type, quantity, time, id: idAt(time, this.#base + no) },
      ...{ itemId: itemIds[item] as string, siteId: siteIds[item % siteIds.length] as string },
      signed: incoming.has(type) ? quantity : -quantity,
    };
  }
}

type Progress = (text: string) => void;

/** Loads a tenant's items, balances and movements by COPY, with the ledger and what the dashboard reads. */
export async function loadLedger(
  client: pg.ClientBase,
  { items, movements, base }: { items: number; movements: number; base: number },
  progress: Progress,
): Promise<LedgerData> {
  const tenantId = newId();
  const plan: Plan = {
    ...{ tenantId, items, movements },
    siteIds: [...range(5, newId)],
    itemIds: [...range(items, newId)],
  };
  progress('items and sites');
  await client.query(
    `insert into inventory.sites (tenant_id, id, code, name) select $1, id, 'S' || no, 'Site ' || no from unnest($2::uuid[]) with ordinality as s(id, no)`,
    [tenantId, plan.siteIds],
  );
  await copy(
    client,
    'items',
    'tenant_id, id, sku, name, unit, barcode, reorder_point',
    range(
      items,
      (no) =>
        `${tenantId},${plan.itemIds[no]},SKU-${String(no).padStart(6, '0')},${words[no % 10]} ${words[(no * 7) % 9]} ${no % 997} mm,each,40${String(no).padStart(11, '0')},${no % 20 === 0 ? 1_000 : ''}`,
    ),
  );
  const source = new Movements(plan, base);
  const at = (milliseconds: number) => new Date(milliseconds).toISOString();
  progress('movements');
  await copy(
    client,
    'movements',
    'tenant_id, id, type, item_id, site_id, quantity, occurred_at, recorded_at, actor, reference',
    range(movements, (no) => {
      const { id, type, itemId, siteId, quantity, time } = source.at(no);
      return `${tenantId},${id},${type},${itemId},${siteId},${quantity},${at(time)},${at(time)},"${actor}",DOC-${no % 50_000}`;
    }),
  );
  progress('ledger entries');
  const balanceIds = [...range(items, newId)];
  const onHand = new Int32Array(items);
  const position = new Int32Array(items);
  await copy(
    client,
    'ledger_entries',
    'tenant_id, balance_id, position, movement_id, line, quantity, on_hand, occurred_at, recorded_at',
    range(movements, (no) => {
      const { item, id, signed, time } = source.at(no);
      onHand[item] = (onHand[item] as number) + signed;
      position[item] = (position[item] as number) + 1;
      return `${tenantId},${balanceIds[item]},${position[item]},${id},0,${signed},${onHand[item]},${at(time)},${at(time)}`;
    }),
  );
  progress('balances and what the dashboard reads');
  await copy(
    client,
    'balances',
    'tenant_id, id, item_id, site_id, location_id, lot_id, on_hand, position, allow_negative',
    range(
      items,
      (no) =>
        `${tenantId},${balanceIds[no]},${plan.itemIds[no]},${plan.siteIds[no % 5]},${nil},${nil},${onHand[no]},${position[no]},false`,
    ),
  );
  await client.query('analyze inventory.items, inventory.balances, inventory.movements');
  await deriveReadModels(client, tenantId);
  return plan;
}

async function deriveReadModels(client: pg.ClientBase, tenantId: string): Promise<void> {
  await client.query(
    `insert into inventory.movement_counts (tenant_id, site_id, day, type, shard, movements)
     select tenant_id, site_id, (occurred_at at time zone 'UTC')::date, type, ('x' || right(id::text, 1))::bit(4)::int, count(*)
     from inventory.movements where tenant_id = $1 group by 1, 2, 3, 4, 5`,
    [tenantId],
  );
  await client.query(
    `insert into inventory.last_receipts (tenant_id, item_id, movement_id, site_id, quantity, received_at)
     select distinct on (item_id) tenant_id, item_id, id, site_id, quantity, occurred_at
     from inventory.movements where tenant_id = $1 and type = 'RECEIVE' order by item_id, id desc`,
    [tenantId],
  );
  await client.query(
    `insert into inventory.reorder_states (tenant_id, id, item_id, site_id, low, available, reorder_point)
     select b.tenant_id, gen_random_uuid(), b.item_id, '${nil}', b.on_hand < i.reorder_point, b.on_hand, i.reorder_point
     from inventory.balances b join inventory.items i on (i.tenant_id, i.id) = (b.tenant_id, b.item_id)
     where b.tenant_id = $1 and i.reorder_point is not null`,
    [tenantId],
  );
}

/** Runs `fill` without secondary indexes and foreign keys, and makes the indexes again: a tenth of the time. */
export async function withoutIndexes(
  client: pg.ClientBase,
  progress: Progress,
  fill: () => Promise<void>,
): Promise<void> {
  const tables = ['movements', 'ledger_entries'];
  const { rows } = await client.query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any ($1::regclass[]) and not exists (
       select from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables.map((table) => `inventory.${table}`)],
  );
  await client.query(
    `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await fill();
  for (const [at, { definition }] of rows.entries()) {
    progress(`index ${at + 1} of ${rows.length}`);
    await client.query(definition);
  }
  await client.query('set session_replication_role = origin');
  progress('vacuum and statistics');
  await client.query('vacuum (analyze)');
}
