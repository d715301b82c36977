import { setTimeout as delay } from 'node:timers/promises';
import { checkOf } from '@stockade/contracts/checks';
import { createDatabase, poolSizes } from '@stockade/database';
import { listen } from '@stockade/database/listen';
import type { TaskMetrics } from '@stockade/service-kit/task-metrics';
import { startTasks } from '@stockade/service-kit/tasks';
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import { Type } from 'typebox';
import type { GatewayConfig } from '../config.ts';

/** An address (of IPv6 its /64) whose calls without valid credentials are refused for a while. */
export interface AddressBlock {
  network: string;
  /** Milliseconds since the epoch. */
  until: number;
  by: 'refusals' | 'operator';
  reason: string | null;
}

interface GatewayDb {
  blocks: Omit<AddressBlock, 'until'> & { until: Date };
}

/**
 * Blocks as rows, and a copy of them in this process: no call asks the database. What is set or removed holds here at once
 * and is written down beside the call; other gateways hear of it. While the database is away everything stays as it is
 * known, and what changed is written down afterwards.
 */
export interface BlockStore {
  get(network: string): AddressBlock | null;
  list(): AddressBlock[];
  /** Of two blocks of an address the one that lasts longer holds. */
  set(block: AddressBlock): void;
  remove(network: string): void;
  /** Reads what the database says of an address now, if it answers within 2 s. */
  reread(network: string): Promise<void>;
  /** Waits until all changes are written down; false when they are not within 2 s. */
  written(): Promise<boolean>;
  close(): Promise<void>;
}

interface Parts {
  config: GatewayConfig;
  log: Logger;
  metrics: TaskMetrics;
  /** Told of an address whose block was removed before its end, by whichever gateway. */
  onReleased(network: string): void;
}

/** What is to be written down of an address. */
interface Change {
  /** Whether what stands there goes first. */
  removed: boolean;
  block: AddressBlock | null;
}

const channel = 'gateway_blocks';
const maxBlocks = 50_000;
/** Their addresses have to fit one notification: 8,000 bytes. */
const writtenAtOnce = 100;
const giveUpMs = 2_000;
const refreshMs = 30_000;

const lasts = (block: AddressBlock | null | undefined): block is AddressBlock =>
  block ? block.until > Date.now() : false;

const isNetworks = checkOf(Type.Array(Type.String()));

function parse(message: string): string[] | null {
  try {
    const value = JSON.parse(message);
    return isNetworks(value) ? value : null;
  } catch {
    return null;
  }
}

export async function openBlockStore({ config, log, metrics, onReleased }: Parts): Promise<BlockStore> {
  const { DATABASE_SYSTEM_URL: url, DATABASE_DIRECT_URL: directUrl = url } = config;
  const applicationName = 'stockade-gateway-blocks';
  const database = createDatabase<GatewayDb>({
    ...{ url, applicationName, log },
    max: poolSizes.gatewayBlocks,
  });
  const stored = new Map<string, AddressBlock>();
  const changes = new Map<string, Change>();

  /** One after the other: what was read earlier must not replace what was read later. */
  let last: Promise<unknown> = Promise.resolve();
  let isAway = false;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work).then(
      (result) => {
        isAway = false;
        return result;
      },
      (error) => {
        if (!isAway) log.warn({ err: error }, 'Blocks cannot be read or written: those that are known stay');
        isAway = true;
        throw error;
      },
    );
    last = turn.catch(() => {});
    return turn;
  };
  const inTime = (work: Promise<unknown>): Promise<boolean> =>
    Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      delay(giveUpMs, false, { ref: false }),
    ]);

  const keep = (networks: Iterable<string>, rows: AddressBlock[]) => {
    const found = new Map(rows.map((block) => [block.network, block]));
    for (const network of networks) {
      const [before, now] = [stored.get(network), found.get(network)];
      stored.delete(network);
      if (now && (now.by === 'operator' || stored.size < maxBlocks)) stored.set(network, now);
      if (!now && lasts(before)) onReleased(network);
    }
  };

  const select = (db: Kysely<GatewayDb>) =>
    db.selectFrom('blocks').selectAll().where('until', '>', new Date());
  const toBlocks = (rows: GatewayDb['blocks'][]): AddressBlock[] =>
    rows.map((row) => ({ ...row, until: row.until.getTime() }));
  const read = async (networks: string[]) => {
    const rows = await select(database.db).where('network', '=', sql<string>`any(${networks})`).execute();
    keep(networks, toBlocks(rows));
  };
  const readAll = async () => {
    // The operators' first.
    const asked = select(database.db).orderBy('by').orderBy('until', 'desc').limit(maxBlocks);
    const rows = toBlocks(await asked.execute());
    keep(new Set([...stored.keys(), ...rows.map(({ network }) => network)]), rows);
  };

  const write = async (batch: [string, Change][]) => {
    const networks = batch.map(([network]) => network);
    const removed = batch.flatMap(([network, change]) => (change.removed ? [network] : []));
    const set = batch.flatMap(([, { block }]) =>
      lasts(block) ? [{ ...block, until: new Date(block.until) }] : [],
    );
    const rows = await database.db.transaction().execute(async (trx) => {
      if (removed.length > 0) await trx.deleteFrom('blocks').where('network', 'in', removed).execute();
      if (set.length > 0)
        await trx
          .insertInto('blocks')
          .values(set)
          .onConflict((conflict) =>
            conflict
              .column('network')
              .doUpdateSet((eb) => ({
                until: eb.ref('excluded.until'),
                by: eb.ref('excluded.by'),
                reason: eb.ref('excluded.reason'),
              }))
              .whereRef('blocks.until', '<', 'excluded.until' as 'blocks.until'),
          )
          .execute();
      await sql`select pg_notify(${channel}, ${JSON.stringify(networks)})`.execute(trx);
      return select(trx).where('network', 'in', networks).execute();
    });
    for (const [network, change] of batch) if (changes.get(network) === change) changes.delete(network);
    keep(networks, toBlocks(rows));
  };

  let writing: Promise<void> | undefined;
  const flush = (): Promise<void> => {
    writing ??= inTurn(async () => {
      try {
        // Sorted, so that two gateways lock rows in one order.
        while (changes.size > 0)
          await write([...changes].slice(0, writtenAtOnce).sort(([a], [b]) => (a < b ? -1 : 1)));
      } finally {
        writing = undefined;
      }
    });
    return writing;
  };
  const change = (network: string, to: Change) => {
    changes.set(network, to);
    flush().catch(() => {});
  };

  const heard = new Set<string>();
  const hear = (message: string) => {
    const networks = parse(message);
    if (!networks) {
      inTurn(readAll).catch(() => {});
      return;
    }
    const isAsked = heard.size > 0;
    for (const network of networks) heard.add(network);
    if (isAsked) return;
    inTurn(async () => {
      const asked = [...heard];
      heard.clear();
      await read(asked);
    }).catch(() => {});
  };

  /** What nobody heard of is seen here, and what could not be written down is tried again. */
  const refresh = async () => {
    for (const [network, { removed, block }] of changes)
      if (!removed && !lasts(block)) changes.delete(network);
    const gone = await inTurn(async () => {
      const deleted = await database.db
        .deleteFrom('blocks')
        .where('until', '<=', new Date())
        .executeTakeFirst();
      await readAll();
      return Number(deleted.numDeletedRows);
    });
    await flush();
    return gone;
  };

  await inTime(inTurn(readAll));
  const listener = listen({
    ...{ url: directUrl, channel, applicationName, log },
    onNotification: hear,
    onState(listening) {
      if (listening)
        inTurn(readAll)
          .then(flush)
          .catch(() => {});
    },
  });
  const endTasks = startTasks(
    [{ name: 'expired-blocks', everyMs: refreshMs, run: refresh }],
    { log },
    metrics,
  );

  const get = (network: string): AddressBlock | null => {
    const changed = changes.get(network);
    const known = changed?.removed ? undefined : stored.get(network);
    const [one, other] = [lasts(known) ? known : null, lasts(changed?.block) ? changed.block : null];
    return one && other ? (one.until < other.until ? other : one) : (one ?? other);
  };
  return {
    get,
    list: () => [...new Set([...stored.keys(), ...changes.keys()])].flatMap((network) => get(network) ?? []),
    set(block) {
      const { network, until, by } = block;
      const known = get(network);
      if (known && known.until >= until) return;
      if (by === 'refusals' && changes.size >= maxBlocks) return;
      change(network, { removed: changes.get(network)?.removed ?? false, block });
    },
    remove: (network) => change(network, { removed: true, block: null }),
    reread: async (network) => void (await inTime(inTurn(() => read([network])))),
    written: () => inTime(changes.size > 0 ? flush() : Promise.resolve()),
    async close() {
      await listener.stop();
      await endTasks();
      if (changes.size > 0) await inTime(flush());
      await database.close();
    },
  };
}
