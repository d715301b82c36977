import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseLog } from './connect.ts';

export interface ListenOptions {
  /** Direct, not through PgBouncer: LISTEN belongs to one session. */
  url: string;
  channel: string;
  applicationName: string;
  onNotification(payload: string): void;
  /** Called with true when it listens, with false when the connection was lost: what was notified meanwhile is missed. */
  onState?(listening: boolean): void;
  log?: DatabaseLog;
}

export interface Listener {
  readonly listening: boolean;
  stop(): Promise<void>;
}

const maxWaitMs = 2_000;

/** Listens on a channel over a connection of its own, which is opened again whenever it breaks. */
export function listen(options: ListenOptions): Listener {
  const stop = new AbortController();
  let client: pg.Client | undefined;
  let listening = false;
  const setState = (state: boolean) => {
    if (listening === state) return;
    listening = state;
    options.onState?.(state);
  };
  const loop = async () => {
    for (let failures = 0; !stop.signal.aborted; ) {
      client = new pg.Client({
        connectionString: options.url,
        application_name: options.applicationName,
        keepAlive: true,
        connectionTimeoutMillis: 5_000,
      });
      try {
        const ended = connectionEnd(client);
        await client.connect();
        client.on('notification', (message) => options.onNotification(message.payload ?? ''));
        await client.query(`listen ${client.escapeIdentifier(options.channel)}`);
        failures = 0;
        setState(true);
        await ended;
      } catch (error) {
        if (failures++ === 0 && !stop.signal.aborted) {
          options.log?.warn({ err: error, channel: options.channel }, 'Cannot listen; trying again');
        }
      }
      setState(false);
      await client.end().catch(() => {});
      const wait = Math.min(maxWaitMs, 50 * 2 ** failures) * (0.5 + Math.random() / 2);
      if (!stop.signal.aborted) await delay(wait, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    get listening() {
      return listening;
    },
    async stop() {
      stop.abort();
      await client?.end().catch(() => {});
      await running;
    },
  };
}

/** Settles when the connection is over, for whatever reason. */
function connectionEnd(client: pg.Client): Promise<void> {
  return new Promise((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
  });
}
