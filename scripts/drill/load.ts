import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { runWarehouse } from '../test/warehouse.ts';

interface Credentials {
  url: string;
  email: string;
  password: string;
  apiKey: string;
}

/** What a client was told: the movement with this id is committed. */
export interface Acknowledged {
  id: string;
  sentAt: number;
  toldAt: number;
}

export interface Load {
  acknowledged: Acknowledged[];
  stop(): Promise<void>;
}

const clients = 4;
const pauseMs = 60;

/**
 * Clients that post movements one after the other and keep what they are told, and beside them a warehouse that does everything there
 * is to do, again and again. What fails while the system dies is nobody's promise.
 */
export async function startLoad(credentials: Credentials): Promise<Load> {
  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  const { item, site } = await runWarehouse(credentials);
  const body = JSON.stringify({ type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '1' });

  async function post(): Promise<void> {
    const sentAt = Date.now();
    const answer = await fetch(`${credentials.url}/v1/inventory/movements`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${credentials.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    const movement = (await answer.json()) as { id: string };
    if (answer.status === 201) acknowledged.push({ id: movement.id, sentAt, toldAt: Date.now() });
  }

  async function untilStopped(work: () => Promise<unknown>, pause: number): Promise<void> {
    while (!stopped) {
      await work().catch(() => undefined);
      await delay(pause);
    }
  }

  const working = [
    ...Array.from({ length: clients }, () => untilStopped(post, pauseMs)),
    untilStopped(async () => stopped || runWarehouse(credentials), 1_000),
  ];
  return {
    acknowledged,
    async stop() {
      stopped = true;
      // A warehouse in the midst of its work waits long for a system that is dead.
      await Promise.race([Promise.all(working), delay(1_000)]);
    },
  };
}
